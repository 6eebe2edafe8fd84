using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>
/// What the applicant changes before a refused part is done again; empty when the world has changed, and not the file.
/// </summary>
internal sealed record RefilingRequest(IReadOnlyList<InputChange> Changes);

/// <summary>A change to what was filed.</summary>
/// <param name="Pointer">The field of the form, as reasons have it: <c>/input/applicant/name</c>.</param>
/// <param name="Value">The new value.</param>
internal sealed record InputChange(string Pointer, JsonElement Value);

/// <summary>
/// <c>POST /v1/applications/{number}/steps/{step}/refilings</c>: files a refused or lapsed step, and what was skipped
/// because of it, again under the same number. What was granted is not touched.
/// </summary>
internal static class RefileStep
{
    public static Task<IResult> Handle(
        string number, string step, RefilingRequest request, HttpContext http, ApplicationActs acts,
        CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, application => Read(application, step, request), cancellationToken);

    internal static ActOrProblem Read(LockedApplication application, string id, RefilingRequest request)
    {
        if (application.State.Find(id) is not { } step)
        {
            return ActProblems.Of(Denial.UnknownStep);
        }

        var (faults, changes) = (new List<FieldError>(), new Changes());
        var part = Part(application, step);
        for (var i = 0; i < request.Changes.Count; i++)
        {
            var change = request.Changes[i];
            if (!part.Any(
                field => change.Pointer == field || change.Pointer.StartsWith(field + "/", StringComparison.Ordinal)))
            {
                faults.Add(new(
                    $"/changes/{i}/pointer", ErrorCodes.NotInThisPart,
                    "Only what the refused part reads can be changed."));
            }
            else if (!changes.Add(change.Pointer, change.Value, $"/changes/{i}/value"))
            {
                faults.Add(new($"/changes/{i}/pointer", ErrorCodes.Repeated, "The field is changed twice."));
            }
        }

        if (faults.Count == 0 && step.Failed)
        {
            faults.AddRange(changes.Faults(application, "/changes"));
        }

        return faults.Count > 0
            ? Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults)
            : new Input.Refile(id, changes.ToJson(), application.By);
    }

    /// <summary>The fields of the form that the step reads, or one that was skipped because of it.</summary>
    private static List<string> Part(LockedApplication application, StepState refused)
    {
        bool SkippedForIt(StepState step) => step.Status is StepStatus.Skipped
            && (step.SkippedBecause == refused.Id || step.Skipped is SkipReason.ApplicationRefused);
        return [.. application.Package.Steps
            .Where(s => s.Id == refused.Id || SkippedForIt(application.State.Step(s.Id)))
            .SelectMany(s => s.Inputs.Values).Where(p => p.StartsWith("/input/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)];
    }
}
