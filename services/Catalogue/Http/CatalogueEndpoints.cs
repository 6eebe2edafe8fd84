using Mpp.Catalogue.Publishing;
using Mpp.Hosting.Http;
using Mpp.Hosting.OpenApi;
using Mpp.Hosting.Problems;

namespace Mpp.Catalogue.Http;

/// <summary>
/// The catalogue over HTTP. Published standards are public by law (UU 25/2009), so reading them needs no token.
/// </summary>
internal static class CatalogueEndpoints
{
    private static readonly ProblemCode NotThere = ProblemCodes.UnknownPackage with
    {
        Status = StatusCodes.Status404NotFound,
    };

    public static void MapCatalogue(this WebApplication app)
    {
        var published = app.MapGroup("").AllowAnonymous().AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<Publication>().IsDone
                ? await next(context)
                : Problem.Of(ProblemCodes.NotReady, "The service is starting."));

        var v1 = published.MapGroup("/v1").WithTags("Catalogue").InEitherLanguage();
        Map<PackageList>(v1, "/packages", Packages, "ListPackages", "The packages that can be applied for");
        Map<PackageView>(v1, "/packages/{code}", Package, "GetPackage",
            "A package: its form, its steps, and every paper that its agencies ask for").Fails(NotThere);
        Map<ServiceList>(
            v1, "/services", Services, "ListServices", "The services of all agencies, with requirements and fees");
        Map<AgencyList>(v1, "/agencies", Agencies, "ListAgencies", "The agencies of the mall");

        // For the coordinator, which asks with If-None-Match every now and then. It holds nothing secret, but it is no
        // public contract: the gateway has no route to /internal, so it is reachable on the service's own port only.
        published.MapGet("/internal/packages", (HttpContext http, Representations all) => Answer(
            http, all.Definitions(), "no-cache")).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Map<TView>(
        RouteGroupBuilder group, string path, Delegate handler, string name, string summary) => group
        .MapGet(path, handler)
        .WithName(name).WithSummary(summary).Produces<TView>().Produces(StatusCodes.Status304NotModified).Tagged();

    private static IResult Packages(HttpContext http, Representations all) =>
        Public(http, all.Packages(Language.Of(http)));

    private static IResult Services(HttpContext http, Representations all) =>
        Public(http, all.Services(Language.Of(http)));

    private static IResult Agencies(HttpContext http, Representations all) =>
        Public(http, all.Agencies(Language.Of(http)));

    private static IResult Package(HttpContext http, Representations all, string code)
    {
        var language = Language.Of(http);
        return all.Package(code, language) is { } package
            ? Public(http, package)
            : Problem.Of(NotThere,
                "GET /v1/packages lists the packages that there are.");
    }

    private static IResult Public(HttpContext http, Representation representation) =>
        Answer(http, representation, "public, max-age=300");

    private static IResult Answer(HttpContext http, Representation representation, string cacheControl)
    {
        http.Response.Headers.CacheControl = cacheControl;
        return StateTag.IsKnown(http, representation.Tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(representation.Body, "application/json; charset=utf-8");
    }
}
