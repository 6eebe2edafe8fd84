using Mpp.Hosting.Description;

namespace Mpp.Applications.Prechecks;

/// <summary>What would be filed; fields that the applicant does not have yet may be left out.</summary>
internal sealed record PrecheckRequest(string Region, [FreeObject] JsonElement Input);

/// <summary>What stands for and against an application before it is filed.</summary>
/// <param name="Ready">Nothing is missing, and every agency has answered.</param>
/// <param name="MissingFields">Fields of the form that are still to be given: JSON Pointers into the request.</param>
/// <param name="Steps">Every step that may apply, with what its agency says.</param>
internal sealed record PrecheckResult(
    string Package, int PackageVersion, bool Ready, IReadOnlyList<string> MissingFields,
    IReadOnlyList<PrecheckStep> Steps);

/// <summary>One step's requirements.</summary>
/// <param name="Asked">Whether the agency was asked. It is not before everybody whom the form names is confirmed by
/// NIK, name and birth date: who does not know these has no reason to know more.</param>
/// <param name="Answered">Whether the agency answered in time. If not, its requirements are known later.</param>
internal sealed record PrecheckStep(
    string Id, string Service, string ServiceName, string Agency, string AgencyName, bool Asked, bool Answered,
    IReadOnlyList<PrecheckItem> Requirements);

/// <summary>A requirement.</summary>
/// <param name="Requirement">Its code in the service's published standard.</param>
/// <param name="Text">The requirement for people.</param>
/// <param name="Remedy">How to mend it, where it is missing.</param>
/// <param name="Pointer">The field at fault: a JSON Pointer into the request.</param>
internal sealed record PrecheckItem(
    string Requirement, string Text, PreconditionStatus Status, string? Remedy, string? Pointer);

/// <summary><c>POST /v1/packages/{code}/precheck</c>.</summary>
internal static class PrecheckPackage
{
    public static readonly ProblemCode NotThere = ProblemCodes.UnknownPackage with
    {
        Status = StatusCodes.Status404NotFound,
    };

    public static Task<IResult> Handle(
        string code, PrecheckRequest request, CallerRegion region, HttpContext http, Precheck precheck,
        CancellationToken cancellationToken) =>
        precheck.AskAsync(code, request, region, Language.Of(http), http, cancellationToken);
}
