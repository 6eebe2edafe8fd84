using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>Answers to all items that an agency named, and to no others.</summary>
internal sealed record CorrectionsRequest(IReadOnlyList<CorrectionAnswer> Answers);

/// <summary>An answer to one item.</summary>
/// <param name="Requirement">The item's requirement.</param>
/// <param name="Pointer">The item's pointer, where it has one: the field of the form, <c>/input/…</c>.</param>
/// <param name="Value">The field's new value, where the item has a pointer; otherwise the answer says that it is done.
/// </param>
internal sealed record CorrectionAnswer(string Requirement, string? Pointer = null, JsonElement? Value = null);

/// <summary>
/// <c>POST /v1/applications/{number}/steps/{step}/corrections</c>: the step goes on as its next attempt; earlier
/// evidence stays.
/// </summary>
internal static class CorrectStep
{
    public static Task<IResult> Handle(
        string number, string step, CorrectionsRequest request, HttpContext http, ApplicationActs acts,
        CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, application => Read(application, step, request), cancellationToken);

    internal static ActOrProblem Read(LockedApplication application, string id, CorrectionsRequest request)
    {
        if (application.State.Find(id) is not { Status: StepStatus.AwaitingCorrection } step)
        {
            return ActProblems.Of(
                application.State.Find(id) is null ? Denial.UnknownStep : Denial.NotAwaitingCorrection);
        }

        var (faults, changes) = (new List<FieldError>(), new Changes());
        var open = step.Reasons.Select(r => (r.Requirement, r.Pointer)).ToHashSet();
        for (var i = 0; i < request.Answers.Count; i++)
        {
            var answer = request.Answers[i];
            if (!open.Remove((answer.Requirement, answer.Pointer)))
            {
                faults.Add(new(
                    $"/answers/{i}", ErrorCodes.OtherItem,
                    "The agency did not name this item, or it is answered twice."));
                continue;
            }

            switch (answer)
            {
                case { Pointer: null, Value: not null }:
                    faults.Add(new($"/answers/{i}/value", ErrorCodes.UnknownField,
                        "The item points to nothing that the applicant gave: it has no value."));
                    break;
                case { Pointer: not null, Value: null }:
                    faults.Add(new($"/answers/{i}/value", ErrorCodes.Missing, "The field is required."));
                    break;
                case { Pointer: { } field, Value: { } value }
                    when !changes.Add(field, value, $"/answers/{i}/value") && !changes.Has(field, value):
                    faults.Add(new(
                        $"/answers/{i}/value", ErrorCodes.Repeated, "Two answers give the field other values."));
                    break;
            }
        }

        if (open.Count > 0)
        {
            faults.Add(new("/answers", ErrorCodes.MissingItems, "All items are answered at once; missing: "
                + $"{string.Join(", ", open.Select(o => o.Requirement).Distinct(StringComparer.Ordinal))}."));
        }

        if (faults.Count == 0)
        {
            faults.AddRange(changes.Faults(application, "/answers"));
        }

        return faults.Count > 0
            ? Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults)
            : new Input.Correct(id, [.. request.Answers.Select(a => a.Requirement)],
                changes.ToJson(), application.By);
    }
}
