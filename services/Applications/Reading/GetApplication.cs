using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Reading;

/// <summary><c>GET /v1/applications/{number}</c></summary>
internal static class GetApplication
{
    public static async Task<IResult> Handle(
        string number, CallerRegion region, HttpContext http, ApplicationAccess access, PackageDefinitions packages,
        CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, region, cancellationToken) is not { } row)
        {
            return Problem.Of(ProblemCodes.UnknownApplication);
        }

        var state = FlowJson.ReadState(row.State);
        var language = Language.Of(http);
        http.Response.Headers.CacheControl = "private, no-cache";
        return StateTag.IsKnown(http, ApplicationResource.Tag(state, language))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(ApplicationResource.Of(state, await packages.PinnedAsync(
                state.Package, state.PackageVersion, cancellationToken), packages, language));
    }
}
