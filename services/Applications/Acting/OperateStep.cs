using Mpp.Applications.Flow;

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
    OperatorAct Act, string Reason, DateTimeOffset? DueAt = null, JsonElement? Outputs = null,
    IReadOnlyList<IssuedDocument>? Documents = null, string? Evidence = null);

/// <summary>
/// <c>POST /v1/applications/{number}/steps/{step}/acts</c>: an operator helps a step on. The rules decide what is
/// possible, nobody sets a state.
/// </summary>
internal static class OperateStep
{
    private const int LongestEvidence = 200;
    private const int LongestNumber = 64;
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
            { Act: OperatorAct.Extend, DueAt: null } => Problem.Invalid("/dueAt", "missing", "The field is required."),
            { Act: OperatorAct.Extend, DueAt: { } dueAt } =>
                new Input.Extend(step, dueAt.ToUniversalTime(), reason, by),
            { Evidence: null } => Problem.Invalid("/evidence", "missing", "The field is required."),
            { Evidence: { } evidence } when evidence.Length is < 3 or > LongestEvidence =>
                Problem.Invalid("/evidence", "invalid-text", $"3 to {LongestEvidence} characters are expected."),
            { Act: OperatorAct.Close } => new Input.Close(step, request.Evidence, reason, by),
            { Outputs: { ValueKind: not JsonValueKind.Object } } =>
                Problem.Invalid("/outputs", "wrong-type", "An object is expected."),
            _ => Complete(application, step, request, reason),
        };
    }

    /// <summary>Whatever the act is: no date lies where nobody reckons with it.</summary>
    private static IEnumerable<FieldError> DateFaults(LockedApplication application, OperatorActRequest request)
    {
        if (request.DueAt is { } dueAt && (dueAt <= application.Now || dueAt > application.Now + LongestExtension))
        {
            yield return new("/dueAt", "out-of-range", "A time within a year from now is expected.");
        }

        var (range, today) = (DateRange.Widest, application.Today);
        foreach (var (i, document) in (request.Documents ?? []).Index())
        {
            if (!range.Contains(document.ValidFrom, today))
            {
                yield return new($"/documents/{i}/validFrom", "out-of-range", range.Words(today).En);
            }

            if (document.ValidUntil is { } until && !range.Contains(until, today))
            {
                yield return new($"/documents/{i}/validUntil", "out-of-range", range.Words(today).En);
            }
        }
    }

    /// <summary>
    /// What is written down by hand is held to what the agency's service itself may say: later steps read it.
    /// </summary>
    private static ActOrProblem Complete(
        LockedApplication application, string step, OperatorActRequest request, string reason)
    {
        if (application.State.Find(step) is null)
        {
            return ActProblems.Of(Denial.UnknownStep);
        }

        var code = application.Package.Steps.First(s => s.Id == step).Service;
        if (application.Service(code) is not { } service)
        {
            return Problem.Of(ProblemCodes.NotReady, $"The catalogue has not told yet what {code} gives.");
        }

        var (outputs, documents) = (request.Outputs ?? JsonElement.Parse("{}"), request.Documents ?? []);
        List<FieldError> faults = [.. service.Output.Check(outputs, application.Today), .. documents.SelectMany(
            (document, i) => Faults(document, $"/documents/{i}", service.Definition.Documents))];
        return faults.Count > 0
            ? Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults)
            : new Input.CompleteByHand(step, outputs, [.. documents], request.Evidence!, reason, application.By);
    }

    private static IEnumerable<FieldError> Faults(IssuedDocument document, string pointer, IReadOnlyList<string> kinds)
    {
        if (!kinds.Contains(document.Kind, StringComparer.Ordinal))
        {
            yield return new($"{pointer}/kind", "unknown-value", kinds.Count > 0
                ? $"One of {string.Join(", ", kinds)} is expected."
                : "The service issues no documents.");
        }

        if (document.Number.Length > LongestNumber)
        {
            yield return new($"{pointer}/number", "invalid-text", $"1 to {LongestNumber} characters are expected.");
        }

        if (document.ValidUntil < document.ValidFrom)
        {
            yield return new(
                $"{pointer}/validUntil", "invalid-date", "The last day of validity lies before the first.");
        }
    }

    private static Problem Foreign(string pointer) =>
        Problem.Invalid(pointer, "unknown-field", "This act has no such field.");
}
