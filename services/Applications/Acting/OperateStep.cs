using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Problems;

namespace Mpp.Applications.Acting;

/// <summary>An operator's act on a step.</summary>
/// <param name="Act"><c>retry</c>, <c>skip</c>, <c>complete</c> or <c>extend</c>.</param>
/// <param name="Reason">Why; 3 to 500 characters, no personal data. It stands in the timeline.</param>
/// <param name="DueAt">Of <c>extend</c>: the new due time, in the future.</param>
/// <param name="Outputs">Of <c>complete</c>: what later steps read, as the service's output schema says.</param>
/// <param name="Documents">Of <c>complete</c>: the documents that were issued.</param>
/// <param name="Evidence">Of <c>complete</c>: where the proof is, for example the number of the minutes.</param>
internal sealed record OperatorActRequest(
    OperatorAct Act, string Reason, DateTimeOffset? DueAt = null, JsonElement? Outputs = null, IReadOnlyList<IssuedDocument>? Documents = null, string? Evidence = null);

/// <summary><c>POST /v1/applications/{number}/steps/{step}/acts</c>: an operator helps a step on. The rules decide what is possible, nobody sets a state.</summary>
internal static class OperateStep
{
    private const int LongestEvidence = 200;

    public static Task<IResult> Handle(string number, string step, OperatorActRequest request, HttpContext http, ApplicationActs acts, CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, standing => Want(standing, step, request), cancellationToken);

    private static Wanted Want(Standing standing, string step, OperatorActRequest request)
    {
        if (Reasons.Fault(request.Reason, required: true) is { } fault)
        {
            return fault;
        }

        var (reason, by) = (request.Reason.Trim(), standing.By);
        return request switch
        {
            { DueAt: not null, Act: not OperatorAct.Extend } => Foreign("/dueAt"),
            { Outputs: not null, Act: not OperatorAct.Complete } => Foreign("/outputs"),
            { Documents: not null, Act: not OperatorAct.Complete } => Foreign("/documents"),
            { Evidence: not null, Act: not OperatorAct.Complete } => Foreign("/evidence"),
            { Act: OperatorAct.Retry } => new Input.Retry(step, reason, by),
            { Act: OperatorAct.Skip } => new Input.Skip(step, reason, by),
            { Act: OperatorAct.Extend, DueAt: null } => Problem.Invalid("/dueAt", "missing", "The field is required."),
            { Act: OperatorAct.Extend, DueAt: { } dueAt } => new Input.Extend(step, dueAt.ToUniversalTime(), reason, by),
            { Evidence: null } => Problem.Invalid("/evidence", "missing", "The field is required."),
            { Evidence.Length: < 3 or > LongestEvidence } => Problem.Invalid("/evidence", "invalid-text", $"3 to {LongestEvidence} characters are expected."),
            { Outputs: { ValueKind: not JsonValueKind.Object } } => Problem.Invalid("/outputs", "wrong-type", "An object is expected."),
            _ => new Input.CompleteByHand(step, request.Outputs ?? JsonElement.Parse("{}"), [.. request.Documents ?? []], request.Evidence, reason, by),
        };
    }

    private static Problem Foreign(string pointer) => Problem.Invalid(pointer, "unknown-field", "This act has no such field.");
}
