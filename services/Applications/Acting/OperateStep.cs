using System.ComponentModel.DataAnnotations;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Acting;

/// <summary>An operator's act on a step.</summary>
/// <param name="Act"><c>retry</c>, <c>skip</c>, <c>complete</c>, <c>extend</c> or <c>close</c>.</param>
/// <param name="Reason">Why; 3 to 500 characters, no personal data. It stands in the timeline.</param>
/// <param name="DueAt">Of <c>extend</c>: the new due time, within a year from now.</param>
/// <param name="Outputs">Of <c>complete</c>: what later steps read, as the service's output schema says.</param>
/// <param name="Documents">Of <c>complete</c>: the documents that were issued.</param>
/// <param name="Evidence">Of <c>complete</c> and <c>close</c>: where the proof is, for example the number of the
/// minutes or of the transfer.</param>
internal sealed record OperatorActRequest(
    OperatorAct Act, [StringLength(Reasons.Longest, MinimumLength = Reasons.Shortest)] string Reason,
    DateTimeOffset? DueAt = null, [FreeObject] JsonElement? Outputs = null,
    IReadOnlyList<IssuedDocument>? Documents = null,
    [StringLength(OperateStep.LongestEvidence, MinimumLength = 3)] string? Evidence = null);

/// <summary>
/// <c>POST /v1/applications/{number}/steps/{step}/acts</c>: an operator helps a step on. The rules decide what is
/// possible, nobody sets a state.
/// </summary>
internal static class OperateStep
{
    public const int LongestEvidence = 200;
    private static readonly TimeSpan LongestExtension = TimeSpan.FromDays(366);

    public static Task<IResult> Handle(
        string number, string step, OperatorActRequest request, HttpContext http, ApplicationActs acts,
        CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, application => Read(application, step, request), cancellationToken);

    private static ActOrProblem Read(LockedApplication application, string step, OperatorActRequest request)
    {
        if (Reasons.Fault(request.Reason, required: true) is { } fault)
        {
            return fault;
        }

        if (DateFaults(application, request).ToList() is { Count: > 0 } faults)
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults);
        }

        var (reason, by) = (request.Reason, application.By);
        return request switch
        {
            { DueAt: not null, Act: not OperatorAct.Extend } => Foreign("/dueAt"),
            { Outputs: not null, Act: not OperatorAct.Complete } => Foreign("/outputs"),
            { Documents: not null, Act: not OperatorAct.Complete } => Foreign("/documents"),
            { Evidence: not null, Act: not (OperatorAct.Complete or OperatorAct.Close) } => Foreign("/evidence"),
            { Act: OperatorAct.Retry } => new Input.Retry(step, reason, by),
            { Act: OperatorAct.Skip } => new Input.Skip(step, reason, by),
            { Act: OperatorAct.Extend, DueAt: null } => Problem.Invalid("/dueAt", ErrorCodes.Missing,
                "The field is required."),
            { Act: OperatorAct.Extend, DueAt: { } dueAt } =>
                new Input.Extend(step, dueAt.ToUniversalTime(), reason, by),
            { Evidence: null } => Problem.Invalid("/evidence", ErrorCodes.Missing, "The field is required."),
            { Evidence: { } evidence } when evidence.Length is < 3 or > LongestEvidence =>
                Problem.Invalid("/evidence", ErrorCodes.InvalidText,
                    $"3 to {LongestEvidence} characters are expected."),
            { Act: OperatorAct.Close } => new Input.Close(step, request.Evidence, reason, by),
            _ => Complete(application, step, request, reason),
        };
    }

    /// <summary>Whatever the act is, its dates must be within reasonable limits.</summary>
    private static IEnumerable<FieldError> DateFaults(LockedApplication application, OperatorActRequest request)
    {
        if (request.DueAt is { } dueAt && (dueAt <= application.Now || dueAt > application.Now + LongestExtension))
        {
            yield return new("/dueAt", ErrorCodes.OutOfRange, "A time within a year from now is expected.");
        }

        foreach (var fault in PublishedStandard.ValidityFaults(request.Documents ?? [], application.Today))
        {
            yield return fault;
        }
    }

    /// <summary>
    /// What an operator writes down must fit what the agency's service itself may say, because later steps read it.
    /// </summary>
    private static ActOrProblem Complete(
        LockedApplication application, string step, OperatorActRequest request, string reason)
    {
        if (application.State.Find(step) is null)
        {
            return ActProblems.Of(Denial.UnknownStep);
        }

        var code = application.Package.Steps.First(s => s.Id == step).Service;
        if (application.Standard(code) is not { } standard)
        {
            return Problem.Of(ProblemCodes.NotReady, $"The catalogue has not told yet what {code} gives.");
        }

        var (outputs, documents) = (request.Outputs ?? JsonElement.Parse("{}"), request.Documents ?? []);
        List<FieldError> faults =
        [
            .. standard.OutputFaults(outputs, application.Today),
            .. standard.DocumentFaults(documents, application.Today),
        ];
        return faults.Count > 0
            ? Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults)
            : new Input.CompleteByHand(step, outputs, [.. documents], request.Evidence!, reason, application.By);
    }

    private static Problem Foreign(string pointer) =>
        Problem.Invalid(pointer, ErrorCodes.UnknownField, "This act has no such field.");
}
