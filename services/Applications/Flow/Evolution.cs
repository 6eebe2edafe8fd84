using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>What an entry of the timeline makes of the state. Knows nothing of the definition, so an old timeline reads the same for ever.</summary>
internal static class Evolution
{
    /// <summary>Folds a whole timeline.</summary>
    public static ApplicationState Replay(IEnumerable<TimelineEntry> timeline) =>
        timeline.Aggregate((ApplicationState?)null, Evolve) ?? throw new ArgumentException("An application has at least one entry.", nameof(timeline));

    public static ApplicationState Evolve(ApplicationState? before, TimelineEntry entry)
    {
        var (sequence, at, happened) = entry;
        if (sequence != (before?.Sequence ?? 0) + 1)
        {
            throw new InvalidOperationException($"Entry {sequence} does not follow {before?.Sequence ?? 0}.");
        }

        var state = happened is ApplicationSubmitted submitted
            ? Begin(submitted, at)
            : Apply(before ?? throw new InvalidOperationException("The first entry is the submission."), happened, at);
        state = state with { Sequence = sequence, UpdatedAt = at };
        return state.Ended ? state : state with { Status = Running(state) };
    }

    private static ApplicationState Begin(ApplicationSubmitted submitted, DateTimeOffset at) => new()
    {
        Id = submitted.Id,
        Number = submitted.Number,
        Package = submitted.Package,
        PackageVersion = submitted.PackageVersion,
        Region = submitted.Region,
        Channel = submitted.Channel,
        Status = ApplicationStatus.Submitted,
        Sequence = 0,
        SubmittedAt = at,
        UpdatedAt = at,
        Steps = [.. submitted.Steps.Select(id => new StepState(id) { Since = at })],
        Dossier = Dossier.Empty.With(submitted),
    };

    private static ApplicationState Apply(ApplicationState state, TimelineEvent happened, DateTimeOffset at) => happened switch
    {
        StepRequested e => state.Change(e, at, StepStatus.Requested, step => new StepState(step.Id)
        {
            Since = at,
            Attempt = e.Attempt,
            DueAt = e.DueAt,
            StallsAt = e.StallsAt,
        }),
        StepTaken e => state.Change(e, at, StepStatus.InProgress, step => step with
        {
            AgencyFileNumber = e.AgencyFileNumber,
            ExpectedAt = e.ExpectedAt,
            StallsAt = e.StallsAt,
        }),
        StepDone e => (state with { Dossier = state.Dossier.With(e) })
            .Change(e, at, StepStatus.Completed, step => step with { Documents = e.Documents, Reasons = [], StallsAt = null }),
        StepRefused e => (state with { Refused = state.Refused || e.FailsApplication })
            .Change(e, at, StepStatus.Rejected, step => step with { Reasons = e.Reasons, StallsAt = null }),
        StepNeedsCorrection e => state.Change(e, at, StepStatus.AwaitingCorrection, step => step with { Reasons = e.Items, StallsAt = null }),
        StepNeedsPayment e => state.Change(e, at, StepStatus.AwaitingPayment, step => step with { Fee = e.Fee, StallsAt = null }),
        StepSkipped e => state.Change(e, at, StepStatus.Skipped, step => step with { Skipped = e.Reason, SkippedBecause = e.Because }),
        StepStalled e => state.Change(e, at, StepStatus.Stalled, step => step with { StallsAt = null }),
        ReplyIgnored e => state with { Ignored = state.Ignored.Add(e) },
        ApplicationEnded e => state with { Status = e.Status, EndedAt = at },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to an application that is there already."),
    };

    private static ApplicationState Change(this ApplicationState state, StepEvent e, DateTimeOffset at, StepStatus status, Func<StepState, StepState> change)
    {
        var step = state.Step(e.Step);
        return state with { Steps = state.Steps.Replace(step, change(step) with { Status = status, Since = at }) };
    }

    private static ApplicationStatus Running(ApplicationState state) =>
        state.Steps.All(s => s.Status is StepStatus.Waiting or StepStatus.Skipped) ? ApplicationStatus.Submitted
        : state.Steps.Any(s => s.InHand) && state.Steps.All(s => !s.InHand || s.Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment) ? ApplicationStatus.AwaitingApplicant
        : ApplicationStatus.InProgress;
}
