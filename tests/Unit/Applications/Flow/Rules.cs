using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>What holds of every decision, told without the code under test.</summary>
internal sealed partial class Rules(RandomPackage package)
{
    private readonly HashSet<(string, int)> _requested = [];
    private readonly HashSet<string> _given = [];
    private readonly Dictionary<string, (TimeSpan TimeWithAgency, TimeSpan TimeWithApplicant)> _clocks = [];
    private readonly Dictionary<string, TimeSpan> _left = [];
    private readonly List<string> _laidAside = [];
    private readonly HashSet<string> _seenTo = [];
    private readonly Dictionary<string, int> _unfit = [];
    private readonly Dictionary<string, Dictionary<string, string>> _asked = [];
    private readonly HashSet<string> _corrected = [];
    private readonly List<ChangedEntry> _told = [];
    private bool _unasked;
    private DateTimeOffset? _passedUntil;

    /// <summary>When the alarm that is set goes off.</summary>
    public DateTimeOffset? Alarm { get; private set; }

    public void AlarmGoesOff() => Alarm = null;

    /// <summary>Time passes while the application stands as it does.</summary>
    public void Pass(ApplicationState state, DateTimeOffset until)
    {
        var elapsed = until - (_passedUntil ?? until);
        _passedUntil = until;
        foreach (var step in state.Steps)
        {
            var (ran, stood) = _clocks.GetValueOrDefault(step.Id);
            var runs = step.Status is StepStatus.Requested or StepStatus.InProgress or StepStatus.Stalled;
            var stands = step.Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment;
            _clocks[step.Id] = (ran + (runs ? elapsed : TimeSpan.Zero), stood + (stands ? elapsed : TimeSpan.Zero));
        }
    }

    public void Check(ApplicationState? before, Input input, Decision decision, DateTimeOffset now)
    {
        _passedUntil ??= now;
        var state = before;
        _laidAside.Clear();
        _asked.Clear();
        _unasked = input is Input.Reply { Step: var answered }
            && !_requested.Contains((answered.StepId, answered.Attempt));
        foreach (var entry in decision.Entries)
        {
            entry.Sequence.ShouldBe((state?.Sequence ?? 0) + 1, "sequence numbers have no gaps");
            entry.At.ShouldBe(now);
            if (state is not null)
            {
                CheckEntry(state, input, entry.Event, now);
            }

            state = Evolution.Evolve(state, entry);
        }

        ShouldBeSame(state!, decision.State, "the state is the fold of the entries");
        CheckEffects(before, input, decision, now);
        CheckState(decision.State, now);
        CheckDenial(decision, input);
    }

    /// <summary>Whoever has missed all announcements is told the same again, from the timeline as it is stored.
    /// </summary>
    public void CheckTold(List<TimelineEntry> timeline)
    {
        ApplicationState? state = null;
        var again = new List<ChangedEntry>();
        foreach (var entry in timeline.Select(Stored))
        {
            state = Evolution.Evolve(state, entry);
            if (Announcement.Entry(entry, state) is { } told)
            {
                again.Add(told);
            }
        }

        JsonSerializer.Serialize(again).ShouldBe(JsonSerializer.Serialize(_told));
    }

    public static void CheckEnd(ApplicationState state, List<TimelineEntry> timeline, long paidRupiah)
    {
        state.Ended.ShouldBeTrue("every application ends when everybody does his part");
        state.Erased.ShouldBeTrue("the alarm of an application that has ended goes off when its retention is over");
        (state.Dossier.Parts.Count, FlowJson.Write(state).Contains("\"N-", StringComparison.Ordinal),
            FlowJson.Write(state).Contains("\"A/1", StringComparison.Ordinal))
            .ShouldBe((0, false, false), "nothing personal is left, and no number that leads to it");
        var paid = timeline.Select(e => e.Event)
            .Sum(e => e is Event.FeePaid p ? p.AmountRupiah : e is Event.FeePaidTooLate late ? late.AmountRupiah : 0);
        paid.ShouldBe(paidRupiah, "the money that the bank took is the money in the timeline");
        ShouldBeSame(
            Evolution.Replay(timeline.Select(Stored)), state, "replaying the stored timeline gives the same state");
        ShouldBeSame(FlowJson.ReadState(FlowJson.Write(state)) with { Dossier = state.Dossier }, state,
            "the state survives being stored");
    }

    private void CheckState(ApplicationState state, DateTimeOffset now)
    {
        foreach (var step in state.Steps)
        {
            (step.TimeWithAgency + (Runs(step) ? now - step.Since : TimeSpan.Zero),
                step.TimeWithApplicant + (Stands(step) ? now - step.Since : TimeSpan.Zero))
                .ShouldBe(_clocks.GetValueOrDefault(step.Id),
                    $"the running and the stopped clock of {step.Id} make up the time that it was in hand");
            (step.Kept && step.Status == StepStatus.Completed).ShouldBeFalse(
                "what an agency did not give back stays marked");
            (step.DueAt is null || !Stands(step)).ShouldBeTrue(
                "the clock never runs while the applicant is the one to act");
            (step.StallsAt is null || Runs(step) || step.Status is StepStatus.Cancelling or StepStatus.DeemedGranted)
                .ShouldBeTrue("nobody is waited for who need not act");
            // What an agency may yet refuse to give back keeps what it needs to go on.
            if (step.Status is not StepStatus.Cancelling)
            {
                (step.WaitsUntil is not null).ShouldBe(step.Status is StepStatus.AwaitingCorrection);
                (Stands(step) && package.Step(step.Id).Deadline is not null).ShouldBe(
                    step.Left is not null, "what is left of the time is kept while the clock stands");
            }

            var mustAct = step.Fees.Any(f => f.RefundDue) || (IsOver(step)
                ? LeavesSomething(step) && !_seenTo.Contains(step.Id)
                : step.Overdue || step.AgencySilent || step.ReplyRejected || step.Status is StepStatus.Stalled
                    || LeavesSomething(step));
            step.NeedsOperator.ShouldBe(
                mustAct, "what an operator must see to stays on the worklist until it is seen to, and no longer");
            step.Matters.Contains(OperatorMatter.DueSoon).ShouldBe(Runs(step) && step.Warned && !step.Overdue,
                "a warning stands there until the time is over or the agency is done");

            if (step.Status is StepStatus.Waiting && !state.Ended && !state.Cancelling)
            {
                (BehindRefusal(state, step.Id) || (FailsNow(state) && !PivotGranted(state)) || Startable(state, step.Id)
                    || (NeedsMet(state, step.Id)
                        && !WaitsForOutputs(state, step.Id) && !package.Applies(step.Id, _given)))
                    .ShouldBeFalse($"{step.Id} waits for nothing");
            }
        }

        if (state.Ended)
        {
            (!state.Erased && now >= state.EraseAt).ShouldBeFalse(
                "what is due to be erased is erased before anything else happens");
            return;
        }

        state.EraseAt.ShouldBeNull("the retention of an application that goes on does not count");
        state.Steps.ShouldContain(
            s => InHand(s) || s.Status == StepStatus.Cancelling || (s.Status == StepStatus.DeemedGranted && !s.Issued),
            "an application that has not ended waits for somebody");
        state.Status.ShouldBe(
            state.CancelledBy is not null ? ApplicationStatus.Cancelling
            : state.Steps.Any(Stands) ? ApplicationStatus.AwaitingApplicant
            : ApplicationStatus.InProgress);
        if (state.Cancelling
            && !(Pivot(state) is { } pivot && (InHand(pivot) || pivot.Status is StepStatus.Cancelling)))
        {
            state.Steps.ShouldAllBe(s => s.Status != StepStatus.Waiting && (!InHand(s) || s.Kept),
                "whatever can be taken back has been asked for");
            state.Steps.ShouldAllBe(s => !(s.Status == StepStatus.Completed
                && package.Step(s.Id).Compensable && Dependents(s.Id).All(d => Gone(state.Step(d)))));
        }
    }

    private static void CheckDenial(Decision decision, Input input)
    {
        var state = decision.State;
        var step = input switch
        {
            Input.Correct c => c.Step,
            Input.Refile r => r.Step,
            Input.Operate o => o.Step,
            _ => null
        };
        var now = step is null ? null : state.Step(step);
        switch (decision.Denied)
        {
            case Denial.PastPivot:
                input.ShouldBeOfType<Input.Cancel>();
                break;
            case Denial.Ended:
                (state.Ended || state.CancelledBy is not null).ShouldBeTrue();
                break;
            case Denial.Erased:
                (state.Erased && input is Input.Refile).ShouldBeTrue();
                break;
            case Denial.NotAwaitingCorrection:
                (state.Ended || now!.Status is not StepStatus.AwaitingCorrection).ShouldBeTrue();
                break;
            case Denial.OtherItems:
                ((Input.Correct)input).Requirements.Length.ShouldBe(1);
                break;
            case Denial.LegalLimit:
                input.ShouldBeOfType<Input.Extend>();
                break;
            case Denial.RefundDue:
                input.ShouldBeOfType<Input.Close>();
                now!.Fees.ShouldContain(f => f.RefundDue);
                (LeavesSomething(now) && IsOver(now) && !now.Closed).ShouldBeFalse();
                break;
            case Denial.NotRefused:
                (now!.Status is StepStatus.Refused or StepStatus.Lapsed).ShouldBeFalse();
                break;
            case null when input is Input.Act:
                (decision.Entries.Count > 0 || input is Input.Cancel).ShouldBeTrue(
                    "an act that is not denied does something");
                break;
        }
    }

    private static bool IsOver(StepState step) =>
        !InHand(step) && step.Status is not (StepStatus.Waiting or StepStatus.Cancelling)
        && (step.Status is not StepStatus.DeemedGranted || step.Issued);

    private static bool LeavesSomething(StepState step) =>
        step.Status is StepStatus.CancellationRefused || step.Kept;

    private static bool AwaitsMoney(StepState step) => step.Status is StepStatus.AwaitingPayment
        || (step.Status is StepStatus.Cancelling && step.CancelledFrom is StepStatus.AwaitingPayment);

    private bool Startable(ApplicationState state, string id) =>
        !state.Cancelling && NeedsMet(state, id) && !WaitsForOutputs(state, id) && package.Applies(id, _given);

    private bool NeedsMet(ApplicationState state, string id) =>
        package.Step(id).Needs.All(need => Granted(state.Step(need))
            || state.Step(need).Skipped is SkipReason.NotApplicable or SkipReason.Operator);

    private bool WaitsForOutputs(ApplicationState state, string id) =>
        package.Sources(id)
            .Any(source => state.Find(source) is { Status: StepStatus.DeemedGranted } && !_given.Contains(source));

    private bool BehindRefusal(ApplicationState state, string id) => package.Step(id).Needs.Any(need =>
        state.Step(need).Status is StepStatus.Refused or StepStatus.Lapsed
        || (state.Step(need).Skipped is SkipReason.NeedRefused && BehindRefusal(state, need)));

    private IEnumerable<string> Dependents(string id) =>
        package.Definition.Steps.Where(s => s.Needs.Contains(id)).SelectMany(s => Dependents(s.Id).Prepend(s.Id));

    private StepState? Pivot(ApplicationState state) =>
        package.Definition.Steps.FirstOrDefault(s => s.Pivot) is { } pivot ? state.Step(pivot.Id) : null;

    private bool PivotGranted(ApplicationState state) => Pivot(state) is { } pivot && Granted(pivot);

    private static bool FailsNow(ApplicationState state) =>
        state.Steps.Any(s => s.FailsApplication && (s.Status is StepStatus.Refused or StepStatus.Lapsed));

    private static bool Runs(StepState step) =>
        step.Status is StepStatus.Requested or StepStatus.InProgress or StepStatus.Stalled;

    private static bool Stands(StepState step) =>
        step.Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment;

    private static bool InHand(StepState step) => Runs(step) || Stands(step);

    private static bool Granted(StepState step) =>
        step.Status is StepStatus.Completed or StepStatus.DeemedGranted or StepStatus.CancellationRefused;

    private static bool Gone(StepState step) =>
        step.Status is StepStatus.Cancelled or StepStatus.Refused or StepStatus.Lapsed or StepStatus.Skipped;

    private static bool Over(StepState step) =>
        Gone(step) || step.Status is StepStatus.Completed or StepStatus.CancellationRefused
        || (step.Status is StepStatus.DeemedGranted && step.Issued);

    private static IEnumerable<string> Steps<T>(IReadOnlyList<Effect> effects, Func<T, StepRef> step)
        where T : Effect => effects.OfType<T>().Select(e => step(e).StepId);

    // As the database gives it back: the event from its JSON, the personal data from where it is stored apart.
    private static TimelineEntry Stored(TimelineEntry entry)
    {
        var read = FlowJson.Read(FlowJson.Kind(entry.Event), FlowJson.Write(entry.Event));
        return entry with
        {
            Event = (read, entry.Event) switch
            {
                (Event.ApplicationSubmitted r, Event.ApplicationSubmitted o) => r with { Content = o.Content },
                (Event.StepCompleted r, Event.StepCompleted o) => r with { Content = o.Content },
                (Event.StepCorrected r, Event.StepCorrected o) => r with { Content = o.Content },
                (Event.StepRefiled r, Event.StepRefiled o) => r with { Content = o.Content },
                _ => read,
            },
        };
    }

    // Field by field and not as JSON: a field that is not written would be missed.
    private static void ShouldBeSame(ApplicationState actual, ApplicationState expected, string because)
    {
        Personal(actual).ShouldBe(Personal(expected), because);
        actual.Ignored.ShouldBe(expected.Ignored, because);
        actual.Steps.Length.ShouldBe(expected.Steps.Length, because);
        foreach (var (one, other) in actual.Steps.Zip(expected.Steps))
        {
            one.Documents.ShouldBe(other.Documents, because);
            one.Reasons.ShouldBe(other.Reasons, because);
            one.Fees.ShouldBe(other.Fees, because);
            one.Corrected.ShouldBe(other.Corrected, because);
            (one with
            {
                Documents = other.Documents,
                Reasons = other.Reasons,
                Fees = other.Fees,
                Corrected = other.Corrected
            }).ShouldBe(other, because);
        }

        (actual with { Dossier = expected.Dossier, Ignored = expected.Ignored, Steps = expected.Steps }).ShouldBe(
            expected, because);
    }

    private static string Personal(ApplicationState state) =>
        string.Join(';', state.Dossier.Parts.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={JsonSerializer.Serialize(p.Value)}"));
}
