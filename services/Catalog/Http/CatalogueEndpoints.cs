using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mpp.Catalog.Publishing;
using Mpp.Contracts.Packages;
using Mpp.Hosting.Problems;

namespace Mpp.Catalog.Http;

/// <summary>
/// The catalogue over HTTP. Published standards are public by law (UU 25/2009), so reading them needs no token.
/// </summary>
internal static class CatalogueEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCatalogue(this WebApplication app)
    {
        var published = app.MapGroup("").AllowAnonymous().AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<Publication>().IsDone ? await next(context) : Problem.Of(ProblemCodes.NotReady, "The service is starting."));

        var v1 = published.MapGroup("/v1").WithTags("Catalogue");
        v1.MapMethods("/packages", Reading, (HttpContext http, Representations all, [FromHeader(Name = "Accept-Language")] string? language) => Public(http, language, all.Packages))
            .WithName("ListPackages").WithSummary("The packages that can be applied for").Produces<PackageList>().Produces(StatusCodes.Status304NotModified);
        v1.MapMethods("/packages/{code}", Reading, Package)
            .WithName("GetPackage").WithSummary("A package: its form, its steps, and every paper that its agencies ask for").Produces<PackageView>().Produces(StatusCodes.Status304NotModified);
        v1.MapMethods("/services", Reading, (HttpContext http, Representations all, [FromHeader(Name = "Accept-Language")] string? language) => Public(http, language, all.Services))
            .WithName("ListServices").WithSummary("The services of all agencies, with requirements and fees").Produces<ServiceList>().Produces(StatusCodes.Status304NotModified);
        v1.MapMethods("/agencies", Reading, (HttpContext http, Representations all, [FromHeader(Name = "Accept-Language")] string? language) => Public(http, language, all.Agencies))
            .WithName("ListAgencies").WithSummary("The agencies of the mall").Produces<AgencyList>().Produces(StatusCodes.Status304NotModified);

        // For the coordinator, which asks with If-None-Match every few seconds. It holds nothing secret, but it is no public contract:
        // the gateway has no route to /internal, so it is reachable on the service's own port only.
        published.MapMethods("/internal/packages", Reading, (HttpContext http, Representations all) => Answer(http, all.Definitions(), "no-cache"))
            .Produces<PublishedCatalogue>().ExcludeFromDescription();
    }

    private static IResult Package(HttpContext http, Representations all, string code, [FromHeader(Name = "Accept-Language")] string? language)
    {
        var chosen = Language.Choose(language);
        return all.Package(code, chosen) is { } package
            ? Public(http, chosen, _ => package)
            : Problem.Of(ProblemCodes.UnknownPackage with { Status = StatusCodes.Status404NotFound }, "GET /v1/packages lists the packages that there are.");
    }

    private static FileContentHttpResult Public(HttpContext http, string? header, Func<string, Representation> show)
    {
        var language = Language.Choose(header);
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.Vary = "Accept-Language";
        return Answer(http, show(language), "public, max-age=300");
    }

    /// <summary>Answers 304 by itself when the caller has this representation already.</summary>
    private static FileContentHttpResult Answer(HttpContext http, Representation representation, string cacheControl)
    {
        http.Response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(representation.Body, "application/json; charset=utf-8", entityTag: representation.Tag);
    }
}
