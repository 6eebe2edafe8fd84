using System.Security.Claims;
using Mpp.Applications.Flow;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Submission;

/// <summary>One application for a package of services.</summary>
/// <param name="Package">The package's code, for example <c>birth</c>.</param>
/// <param name="Region">The regency or city that the application belongs to, a Kemendagri code: <c>74.02</c>.</param>
/// <param name="Channel">How the citizen came: <c>counter</c>, <c>mobile</c>, <c>self</c> or <c>electronic</c>.</param>
/// <param name="Input">What the package's form asks for; see <c>GET /v1/packages/{code}</c>.</param>
/// <param name="Representation">On whose authority somebody else files it for the applicant; needs
/// the scope <c>applications.represent</c>.</param>
internal sealed record SubmitRequest(
    string Package, string Region, [OneOf<Channel>] string Channel, [FreeObject] JsonElement Input,
    Representation? Representation = null);

/// <summary><c>POST /v1/applications</c>.</summary>
internal static class SubmitApplication
{
    public static Task<IResult> Handle(
        SubmitRequest request, ClaimsPrincipal caller, CallerRegion region, HttpContext http, ApplicationFiling filing,
        CancellationToken cancellationToken) =>
        request.Representation is not null && !caller.HasScope(KnownScopes.ApplicationsRepresent)
            ? Task.FromResult<IResult>(Problem.Of(
                ProblemCodes.InsufficientScope,
                $"Filing for somebody else needs the scope {KnownScopes.ApplicationsRepresent}."))
            : filing.FileAsync(request, caller.ClientId() ?? "", region, http, cancellationToken);
}
