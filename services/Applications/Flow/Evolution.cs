namespace Mpp.Applications.Flow;

/// <summary>
/// What an entry of the timeline makes of the state. Knows nothing of the definition, so an old timeline reads the same
/// for ever.
/// </summary>
internal static class Evolution
{
    /// <summary>Folds a whole timeline.</summary>
    public static ApplicationState Replay(IEnumerable<TimelineEntry> timeline) =>
        timeline.Aggregate((ApplicationState?)null, Evolve)
        ?? throw new ArgumentException("An application has at least one entry.", nameof(timeline));

    public static ApplicationState Evolve(ApplicationState? before, TimelineEntry entry)
    {
        var (sequence, at, happened) = entry;
        if (sequence != (before?.Sequence ?? 0) + 1)
        {
            throw new InvalidOperationException($"Entry {sequence} does not follow {before?.Sequence ?? 0}.");
        }

        var state = happened is Event.ApplicationSubmitted submitted
            ? Begin(submitted, at)
            : Apply(before ?? throw new InvalidOperationException("The first entry is the submission."), happened, at);
        state = state with { Sequence = sequence, UpdatedAt = at };
        return state.Ended ? state : state with { Status = Running(state) };
    }

    private static ApplicationState Begin(Event.ApplicationSubmitted submitted, DateTimeOffset at) => new()
    {
        Id = submitted.Id,
        Number = submitted.Number,
        Package = submitted.Package,
        PackageVersion = submitted.PackageVersion,
        Region = submitted.Region,
        Channel = submitted.Channel,
        Representation = submitted.Representation,
        Client = submitted.Client,
        Status = ApplicationStatus.Submitted,
        Sequence = 0,
        SubmittedAt = at,
        UpdatedAt = at,
        Steps = [.. submitted.Steps.Select(id => new StepState(id) { Since = at })],
        Dossier = Dossier.Empty.With(submitted),
    };

    private static ApplicationState Apply(ApplicationState state, Event entry, DateTimeOffset at) => entry switch
    {
        Event.StepRequested e => state.Move(e, at, StepStatus.Requested, step => new StepState(step.Id)
        {
            Since = at,
            TimeWithAgency = step.TimeWithAgency,
            TimeWithApplicant = step.TimeWithApplicant,
            Rounds = step.Rounds,
            Refilings = step.Refilings,
            Warned = step.Warned,
            Overdue = step.Overdue,
            Fees = step.Fees,
            Corrected = step.Corrected,
            Attempt = e.Attempt,
            DueAt = e.DueAt,
            WarnAt = e.WarnAt,
            StallsAt = e.StallsAt,
        }),
        Event.StepAccepted e => state.Move(e, at, StepStatus.InProgress, step =>
            step with { AgencyFileNumber = e.AgencyFileNumber, ExpectedAt = e.ExpectedAt, StallsAt = e.StallsAt }),
        Event.StepCompleted e => (state with { Dossier = state.Dossier.With(e) }).Outcome(e, at, e.Documents),
        Event.StepRefused e => state.Move(e, at, StepStatus.Refused,
            step => Over(step) with { Reasons = e.Reasons, FailsApplication = e.FailsApplication }),
        Event.CorrectionRequested e => state.Move(e, at, StepStatus.AwaitingCorrection, step => Stand(step, e.Left) with
        {
            Reasons = e.Items,
            WaitsUntil = e.WaitsUntil,
            Rounds = step.Rounds + 1,
        }),
        Event.StepCorrected e => (state with { Dossier = state.Dossier.With(e), Changes = e.Number }).Touch(
            e, step => step with { WaitsUntil = null, Corrected = e.Requirements }),
        Event.FeeRequested e => state.Move(e, at, StepStatus.AwaitingPayment, step => Stand(step, e.Left) with
        {
            Fees = step.Fees.Add(e.Fee with { Attempt = e.Attempt })
        }),
        Event.FeeBilled e => state.Touch(e, step => step.WithFee(
            e.Attempt, fee => fee with { BillingCode = e.BillingCode, ExpiresAt = e.ExpiresAt })),
        Event.FeePaid e => state.Pay(e, at),
        Event.FeePaidTooLate e => state.Touch(e, step => step.WithFee(
            e.Attempt, fee => fee with { BillingCode = e.BillingCode, Paid = true, RefundDue = true })),
        Event.FeeRefundDue e =>
            state.Touch(e, step => step.WithFee(e.Attempt, fee => fee with { RefundDue = true })),
        Event.FeePaidBack e => state.Touch(e, step => step.WithFee(
            e.Attempt, fee => fee with { RefundDue = false, PaidBack = true })),
        Event.StepLapsed e => state.Move(e, at, StepStatus.Lapsed,
            step => Over(step) with { Lapse = e.Reason, FailsApplication = e.FailsApplication }),
        Event.StepSkipped e => state.Move(e, at, StepStatus.Skipped,
            step => Over(step) with { Skipped = e.Reason, SkippedBecause = e.Because, FailsApplication = false }),
        Event.StepRefiled e => state.Refile(e, at),
        Event.StepRetried e => state.Step(e.Step) is { Status: StepStatus.Stalled } stalled
            ? state.Move(e, at, stalled.AgencyFileNumber is null ? StepStatus.Requested : StepStatus.InProgress,
                step => step with { StallsAt = e.StallsAt })
            : state.Touch(
                e, step => step with { StallsAt = e.StallsAt, AgencySilent = false, ReplyRejected = false }),
        Event.StepStalled e => state.Step(e.Step).ClockRuns
            ? state.Move(e, at, StepStatus.Stalled, step => step with { StallsAt = null })
            : state.Touch(e, step => step with { StallsAt = null, AgencySilent = true }),
        Event.StepDueSoon e => state.Touch(e, step => step with { WarnAt = null, Warned = true }),
        Event.StepOverdue e => state.Touch(e, step => step with { WarnAt = null, Warned = true, Overdue = true }),
        Event.DeadlineExtended e =>
            state.Touch(e, step => step with { DueAt = e.DueAt, WarnAt = e.WarnAt, Warned = false, Overdue = false }),
        Event.StepDeemedGranted e =>
            state.Move(e, at, StepStatus.DeemedGranted, step => Over(step) with { StallsAt = e.StallsAt }),
        Event.StepCancellationRequested e => state.Move(e, at, StepStatus.Cancelling, step => step with
        {
            CancelledFrom = step.CancelledFrom ?? step.Status,
            StallsAt = e.StallsAt,
            AgencySilent = false,
        }),
        Event.StepCancelled e => state.Move(e, at, StepStatus.Cancelled, step => Over(step) with { Documents = [] }),
        Event.StepCancellationRefused e => state.Keep(e, at),
        Event.StepClosed e => state.Touch(e, step => step with { Closed = true }),
        Event.ReplyRejected e =>
            state.Touch(e, step => step with { Rejections = step.Rejections + 1, ReplyRejected = true }),
        Event.ReplyIgnored e => state with { Ignored = state.Ignored.Add(e) },
        Event.ChannelChanged e =>
            state with { Channel = e.Channel, Client = e.By.Role is ActorRole.Operator ? state.Client : e.By.Client },
        Event.CancellationRequested e => state with { CancelledBy = e.By },
        Event.CancellationDropped e => state with
        {
            CancelledBy = null,
            Steps = [.. state.Steps.Select(s => s with
            {
                Kept = false,
                CancelledFrom = null,
                Status = s.Status is StepStatus.CancellationRefused ? StepStatus.Completed : s.Status
            })],
        },
        Event.OperatorActed => state,
        Event.ApplicationEnded e => state with { Status = e.Status, EndedAt = at, EraseAt = e.EraseAt },
        Event.PersonalDataErased => state.Erase(),
        _ => throw new InvalidOperationException(
            $"{entry.GetType().Name} cannot happen to an application that is there already."),
    };

    /// <summary>Moves a step to another status, and counts the time that it had the last one.</summary>
    private static ApplicationState Move(
        this ApplicationState state, StepEvent e, DateTimeOffset at, StepStatus status,
        Func<StepState, StepState> change)
    {
        var step = state.Step(e.Step);
        var elapsed = at - step.Since;
        var counted = step with
        {
            TimeWithAgency = step.TimeWithAgency + (step.ClockRuns ? elapsed : TimeSpan.Zero),
            TimeWithApplicant = step.TimeWithApplicant + (step.ClockStands ? elapsed : TimeSpan.Zero),
        };
        return state.With(step, change(counted) with { Status = status, Since = at, ReplyRejected = false });
    }

    /// <summary>Something new is known of a step, and its status stays.</summary>
    private static ApplicationState Touch(this ApplicationState state, StepEvent e, Func<StepState, StepState> change)
    {
        var step = state.Step(e.Step);
        return state.With(step, change(step));
    }

    private static ApplicationState With(this ApplicationState state, StepState step, StepState changed) =>
        state with { Steps = state.Steps.Replace(step, changed) };

    // A step that is being cancelled stays so until the agency answers. If the agency keeps it, it goes on as paid for.
    private static ApplicationState Pay(this ApplicationState state, Event.FeePaid e, DateTimeOffset at)
    {
        StepState Paid(StepState step) => step.WithFee(
            e.Attempt, fee => fee with { BillingCode = e.BillingCode, Paid = true }) with
        { DueAt = e.DueAt, WarnAt = e.WarnAt, Left = null };
        return state.Step(e.Step).Status is StepStatus.Cancelling
            ? state.Touch(e, step => Paid(step) with { CancelledFrom = StepStatus.InProgress })
            : state.Move(e, at, StepStatus.InProgress, step => Paid(step) with { StallsAt = e.StallsAt });
    }

    private static StepState WithFee(this StepState step, int attempt, Func<Fee, Fee> change)
    {
        var fee = step.FeeOf(attempt) ?? throw new InvalidOperationException($"Attempt {attempt} has no fee.");
        return step with { Fees = step.Fees.Replace(fee, change(fee)) };
    }

    // A step that is being cancelled stays so until the agency answers. A kept step ends as cancellation-refused.
    private static ApplicationState Outcome(
        this ApplicationState state, Event.StepCompleted e, DateTimeOffset at,
        System.Collections.Immutable.ImmutableArray<IssuedDocument> documents)
    {
        var step = state.Step(e.Step);
        StepState Finish(StepState s) => Over(s) with
        {
            Documents = documents,
            Reasons = [],
            Issued = true,
            ReplyRejected = false,
            StallsAt = s.Status is StepStatus.Cancelling ? s.StallsAt : null
        };
        return step.Status switch
        {
            StepStatus.Cancelling => state.Touch(e, s => Finish(s) with { CancelledFrom = StepStatus.Completed }),
            StepStatus.DeemedGranted => state.Touch(e, Finish),
            _ => state.Move(e, at, step.Kept ? StepStatus.CancellationRefused : StepStatus.Completed, Finish),
        };
    }

    // What was granted stands for good; what was in hand goes on where it was.
    private static ApplicationState Keep(
        this ApplicationState state, Event.StepCancellationRefused e, DateTimeOffset at)
    {
        var from = state.Step(e.Step).CancelledFrom!.Value;
        return from is StepStatus.Completed or StepStatus.DeemedGranted
            ? state.Move(e, at, StepStatus.CancellationRefused, step => Over(step) with { Reasons = e.Reasons })
            : state.Move(e, at, from is StepStatus.Stalled ? StepStatus.InProgress : from, step => step with
            {
                CancelledFrom = null,
                Kept = true,
                AgencySilent = false,
                StallsAt = from is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment ? null : e.StallsAt,
            });
    }

    private static ApplicationState Refile(this ApplicationState state, Event.StepRefiled e, DateTimeOffset at)
    {
        var fails = state.Step(e.Step).FailsApplication;
        var steps = state.Steps.Select(s =>
            s.Id == e.Step ? Again(s) with { Refilings = s.Refilings + 1 }
            : s.SkippedBecause == e.Step || (fails && s.Skipped is SkipReason.ApplicationRefused) ? Again(s)
            : s);
        return state with
        {
            Steps = [.. steps],
            Dossier = state.Dossier.With(e),
            Changes = e.Number,
            EndedAt = null,
            EraseAt = null
        };

        StepState Again(StepState s) => new(s.Id)
        {
            Since = at,
            Attempt = s.Attempt,
            Fees = s.Fees,
            TimeWithAgency = s.TimeWithAgency,
            TimeWithApplicant = s.TimeWithApplicant,
            Refilings = s.Refilings
        };
    }

    // The stored timeline loses the same parts (ApplicationStore), so it folds to this state before and after the
    // erasure.
    private static ApplicationState Erase(this ApplicationState state) => state with
    {
        Erased = true,
        Dossier = Dossier.Empty,
        Representation = state.Representation is { } letter ? letter with { Reference = "" } : null,
        CancelledBy =
            state.CancelledBy is { Role: ActorRole.Applicant } by ? by with { Subject = null } : state.CancelledBy,
        Steps = [.. state.Steps.Select(
            s => s with { Documents = [], AgencyFileNumber = s.AgencyFileNumber is null ? null : "" })],
    };

    private static StepState Stand(StepState step, TimeLeft? left) =>
        step with { Left = left, DueAt = null, WarnAt = null, StallsAt = null };

    private static StepState Over(StepState step) =>
        step with { WarnAt = null, StallsAt = null, WaitsUntil = null, Left = null };

    private static ApplicationStatus Running(ApplicationState state) =>
        state.Cancelling ? ApplicationStatus.Cancelling
        : state.Steps.Any(s => s.ClockStands) ? ApplicationStatus.AwaitingApplicant
        : state.Steps.All(s => s.Status is StepStatus.Waiting or StepStatus.Skipped) ? ApplicationStatus.Submitted
        : ApplicationStatus.InProgress;
}
