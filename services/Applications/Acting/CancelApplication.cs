using System.ComponentModel.DataAnnotations;
using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>
/// Why an application is cancelled: an operator must say, the applicant may. At most 500 characters, no personal data.
/// </summary>
internal sealed record CancellationRequest(
    [StringLength(Reasons.Longest, MinimumLength = Reasons.Shortest)] string? Reason = null);

/// <summary>
/// <c>POST /v1/applications/{number}/cancellation</c>: cancels what can be cancelled, before the pivot only.
/// </summary>
internal static class CancelApplication
{
    public static Task<IResult> Handle(
        string number, CancellationRequest request, HttpContext http, ApplicationActs acts,
        CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, application => Read(application, request), cancellationToken);

    private static ActOrProblem Read(LockedApplication application, CancellationRequest request) =>
        Reasons.Fault(request.Reason, required: application.By.Role is ActorRole.Operator) is { } fault
            ? fault
            : new Input.Cancel(request.Reason, application.By);
}
