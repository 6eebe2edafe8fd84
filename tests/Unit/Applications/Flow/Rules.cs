using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>What holds of every decision, told without the code under test.</summary>
internal sealed class Rules(RandomPackage package)
{
    private readonly HashSet<(string, int)> _requested = [];
    private readonly HashSet<string> _given = [];
    private readonly Dictionary<string, (TimeSpan Ran, TimeSpan Stood)> _clocks = [];
    private readonly Dictionary<string, TimeSpan> _left = [];
    private readonly List<string> _laidAside = [];
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

    public void CheckEnd(ApplicationState state, List<TimelineEntry> timeline, long settledRupiah)
    {
        state.Ended.ShouldBeTrue("every application ends when everybody does his part");
        Alarm.ShouldBeNull("an ended application has no alarm");
        var paid = timeline.Select(e => e.Event).Sum(e => e is FeePaid p ? p.AmountRupiah : e is FeePaidTooLate late ? late.AmountRupiah : 0);
        paid.ShouldBe(settledRupiah, "the money that the bank took is the money in the timeline");
        ShouldBeSame(Evolution.Replay(timeline.Select(Stored)), state, "replaying the stored timeline gives the same state");
        ShouldBeSame(FlowJson.ReadState(FlowJson.Write(state)) with { Dossier = state.Dossier }, state, "the state survives being stored");
    }

    private void CheckEntry(ApplicationState state, Input input, TimelineEvent happened, DateTimeOffset now)
    {
        if (state.Ended)
        {
            (happened is ReplyIgnored or FeePaidTooLate or StepRefiled).ShouldBeTrue($"{happened.GetType().Name} cannot happen to an application that has ended");
        }

        var step = happened is StepEvent e ? state.Find(e.Step) : null;
        switch (happened)
        {
            case StepRequested requested:
                requested.Attempt.ShouldBe(step!.Attempt + 1, "attempts count up by one");
                CheckStart(state, step, input, now, requested);
                break;
            case StepDone done:
                (input is Input.Completed { Message: var m } && m.Step == new StepRef(state.Id, step!.Id, step.Attempt)).ShouldBe(done.Evidence is null, "only its agency completes a step, or an operator with evidence");
                (InHand(step!) || step!.Status is StepStatus.Cancelling or StepStatus.DeemedGranted).ShouldBeTrue();
                _given.Add(step!.Id).ShouldBeTrue("a step is completed once");
                break;
            case StepRefused refused:
                (input is Input.Rejected { Message: var m2 } && m2.Step == new StepRef(state.Id, step!.Id, step.Attempt)).ShouldBeTrue("only its agency refuses a step");
                (InHand(step!) || step!.Status is StepStatus.Cancelling).ShouldBeTrue("what was granted is not refused any more");
                refused.FailsApplication.ShouldBe(package.Step(refused.Step).OnRejected is OnRejected.FailApplication && !PivotGranted(state));
                break;
            case StepTaken:
                (step!.Status is StepStatus.Requested or StepStatus.Stalled).ShouldBeTrue();
                break;
            case StepNeedsCorrection needs:
                Runs(step!).ShouldBeTrue();
                step!.Rounds.ShouldBeLessThan(package.Step(step.Id).Corrections.MaxRounds);
                needs.WaitsUntil.ShouldBe(now.AddDays(package.Step(step.Id).Corrections.WaitDays));
                Stop(step, now);
                break;
            case CorrectionGiven given:
                step!.Status.ShouldBe(StepStatus.AwaitingCorrection);
                given.Requirements.ShouldBe(["name", "photo"], ignoreOrder: true, "all items, and no others");
                _given.Add(RandomPackage.Changed);
                break;
            case StepNeedsPayment:
                Runs(step!).ShouldBeTrue("a fee is asked for by the agency that has the step");
                step!.Fee.ShouldBeNull("one fee an attempt");
                Stop(step, now);
                break;
            case FeeBilled:
                step!.Status.ShouldBe(StepStatus.AwaitingPayment);
                break;
            case FeePaid paid:
                step!.Status.ShouldBe(StepStatus.AwaitingPayment);
                CheckResumed(step.Id, paid.DueAt, now);
                break;
            case FeePaidTooLate:
                step!.Status.ShouldNotBe(StepStatus.AwaitingPayment);
                step.Fee!.Paid.ShouldBeFalse("no money is counted twice");
                break;
            case StepLapsed lapsed:
                (lapsed.Reason switch
                {
                    LapseReason.Correction => step!.Status is StepStatus.AwaitingCorrection && step.WaitsUntil <= now,
                    LapseReason.Rounds => input is Input.Correction && step!.Rounds == package.Step(step.Id).Corrections.MaxRounds,
                    _ => input is Input.PaymentLapsed && step!.Status is StepStatus.AwaitingPayment,
                }).ShouldBeTrue($"lapsed for {lapsed.Reason}");
                lapsed.FailsApplication.ShouldBe(package.Step(lapsed.Step).OnRejected is OnRejected.FailApplication && !PivotGranted(state));
                break;
            case StepSkipped skipped:
                CheckSkip(state, step!, skipped);
                break;
            case StepRefiled:
                (step!.Status is StepStatus.Rejected or StepStatus.Lapsed).ShouldBeTrue();
                state.CancelledBy.ShouldBeNull();
                step.Refilings.ShouldBeLessThan(package.Step(step.Id).Corrections.MaxRounds);
                _given.Add(RandomPackage.Changed);
                break;
            case StepStalled:
                (step!.StallsAt <= now).ShouldBeTrue("no step is stalled before its time");
                break;
            case DeadlineNear near:
                (step!.WarnAt <= now && near.DueAt > now && Runs(step)).ShouldBeTrue();
                break;
            case DeadlinePassed passed:
                (Runs(step!) && step!.DueAt == passed.DueAt && passed.DueAt <= now && !step.Overdue).ShouldBeTrue();
                package.Step(passed.Step).Deadline!.OnLapse.ShouldBe(OnLapse.Escalate);
                break;
            case StepGrantedByLaw granted:
                (Runs(step!) && step!.DueAt == granted.DueAt && granted.DueAt <= now).ShouldBeTrue("silence is a grant when the time is over, and not while the applicant must act");
                package.Step(granted.Step).Deadline!.OnLapse.ShouldBe(OnLapse.DeemGranted);
                break;
            case CancellationAsked:
                PivotGranted(state).ShouldBeFalse("past the pivot it goes forward only");
                break;
            case CancellationDropped:
                (Pivot(state) is { } pivot && (pivot.Kept || Granted(pivot))).ShouldBeTrue("only a pivot that is not given back ends a cancellation");
                break;
            case UndoAsked:
                CheckUndo(state, step!, input);
                break;
            case StepUndone:
                (step!.Status is StepStatus.Cancelling or StepStatus.Waiting).ShouldBeTrue();
                state.Cancelling.ShouldBeTrue();
                break;
            case ApplicationEnded ended:
                CheckOutcome(state, ended.Status);
                break;
        }

        if (happened is not (StepGrantedByLaw or ReplyIgnored) && step is not null && Runs(step) && !step.Overdue && step.DueAt <= now)
        {
            (happened is DeadlinePassed).ShouldBeTrue("a deadline that is over has passed before anything else happens to the step");
        }
    }

    private void CheckStart(ApplicationState state, StepState step, Input input, DateTimeOffset now, StepRequested requested)
    {
        _requested.Add((step.Id, requested.Attempt)).ShouldBeTrue("a step is requested at most once per attempt");
        if (step.Status is StepStatus.AwaitingCorrection)
        {
            (input is Input.Correct { Step: var corrected } && corrected == step.Id).ShouldBeTrue();
            CheckResumed(step.Id, requested.DueAt, now);
            return;
        }

        step.Status.ShouldBe(StepStatus.Waiting);
        state.Cancelling.ShouldBeFalse("nothing is started while an application is undone");
        (FailsNow(state) && !PivotGranted(state)).ShouldBeFalse("a refused application starts nothing");
        Startable(state, step.Id).ShouldBeTrue("a step never starts before its needs");
        if (package.Step(step.Id).Deadline is { Unit: DeadlineUnit.Minutes, Duration: var minutes })
        {
            requested.DueAt.ShouldBe(now.AddMinutes(minutes), "a new file has all of its time");
        }
    }

    private void Stop(StepState step, DateTimeOffset now) => _left[step.Id] = step.DueAt > now ? step.DueAt.Value - now : TimeSpan.Zero;

    private void CheckResumed(string step, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (package.Step(step).Deadline is { Unit: DeadlineUnit.Minutes })
        {
            dueAt.ShouldBe(now + _left[step], "a clock that runs again has what was left when it stopped");
        }
    }

    private void CheckSkip(ApplicationState state, StepState step, StepSkipped skipped)
    {
        switch (skipped.Reason)
        {
            case SkipReason.NotApplicable:
                NeedsMet(state, step.Id).ShouldBeTrue();
                package.Applies(step.Id, _given).ShouldBeFalse();
                break;
            case SkipReason.NeedRefused:
                BehindRefusal(state, step.Id).ShouldBeTrue();
                break;
            case SkipReason.ApplicationRefused:
                (FailsNow(state) && !PivotGranted(state)).ShouldBeTrue();
                break;
        }

        if (skipped.Reason is not SkipReason.Operator)
        {
            step.Status.ShouldBe(StepStatus.Waiting);
        }
        else if (InHand(step))
        {
            _laidAside.Add(step.Id);
        }
    }

    private void CheckUndo(ApplicationState state, StepState step, Input input)
    {
        state.Cancelling.ShouldBeTrue();
        if (input is Input.Retry { Step: var again } && again == step.Id && step.Status is StepStatus.Cancelling)
        {
            return;
        }

        if (Pivot(state) is { } pivot && pivot.Id != step.Id)
        {
            (InHand(pivot) || pivot.Status is StepStatus.Cancelling).ShouldBeFalse("the pivot is asked for first, and alone");
        }

        PivotGranted(state).ShouldBeFalse("past the pivot nothing is undone");
        if (Granted(step))
        {
            package.Step(step.Id).Compensable.ShouldBeTrue();
            Dependents(step.Id).ShouldAllBe(d => Gone(state.Step(d)), "what depends on it is undone first");
        }
        else
        {
            (InHand(step) && !step.Kept).ShouldBeTrue();
        }
    }

    private void CheckOutcome(ApplicationState state, ApplicationStatus status)
    {
        state.Steps.ShouldAllBe(s => Over(s) || (state.Cancelling && s.Status == StepStatus.DeemedGranted), "an application ends when nothing is left to happen");
        var failed = state.Steps.Any(s => s.Status is StepStatus.Rejected or StepStatus.Lapsed);
        status.ShouldBe(
            state.Cancelling ? ApplicationStatus.Cancelled
            : !failed ? ApplicationStatus.Completed
            : (FailsNow(state) && !PivotGranted(state)) || !state.Steps.Any(Granted) ? ApplicationStatus.Rejected
            : ApplicationStatus.CompletedInPart);
    }

    private void CheckEffects(ApplicationState? before, Input input, Decision decision, DateTimeOffset now)
    {
        var (entries, effects, state) = (decision.Entries.Select(e => e.Event).ToList(), decision.Effects, decision.State);
        if (before is { Ended: true } && !entries.OfType<StepRefiled>().Any())
        {
            effects.ShouldBeEmpty("an ended application emits nothing");
        }

        var asked = entries.OfType<StepAskedAgain>().ToList();
        Steps<Effect.RequestStep>(effects, r => r.Message.Step).ShouldBe(
            entries.OfType<StepRequested>().Select(r => r.Step).Concat(asked.Where(a => state.Step(a.Step).Status is not StepStatus.DeemedGranted).Select(a => a.Step)), ignoreOrder: true, "what is requested is sent, once");
        Steps<Effect.UndoStep>(effects, u => u.Message.Step).ShouldBe(
            entries.Where(e => e is UndoAsked or StepLapsed).Select(e => ((StepEvent)e).Step).Concat(_laidAside), ignoreOrder: true, "what is to be undone or laid aside is told to its agency, once");
        Steps<Effect.TellPaid>(effects, p => p.Message.Step).ShouldBe(entries.OfType<FeePaid>().Select(p => p.Step), ignoreOrder: true, "an agency hears of its money, once");
        Steps<Effect.TellGranted>(effects, g => g.Message.Step).ShouldBe(
            entries.OfType<StepGrantedByLaw>().Select(g => g.Step).Concat(asked.Where(a => state.Step(a.Step).Status is StepStatus.DeemedGranted).Select(a => a.Step)), ignoreOrder: true, "an agency hears that it is bound, once");
        Steps<Effect.Charge>(effects, c => c.Message.Step).ShouldBe(entries.OfType<StepNeedsPayment>().Select(p => p.Step), ignoreOrder: true, "a fee is charged once");
        var leftUnpaid = (before?.Steps ?? []).Where(s => s.Status is StepStatus.AwaitingPayment && state.Step(s.Id).Status is not StepStatus.AwaitingPayment)
            .Where(s => !entries.Exists(e => e is FeePaid p && p.Step == s.Id || e is StepLapsed l && l.Step == s.Id)).Select(s => s.Id);
        Steps<Effect.Withdraw>(effects, w => w.Message.Step).ShouldBe(leftUnpaid, ignoreOrder: true, "a fee that nobody waits for any more is taken off the bill");

        foreach (var request in effects.OfType<Effect.RequestStep>())
        {
            var definition = package.Step(request.Message.Step.StepId);
            definition.Service.ShouldStartWith(request.Agency + "/");
            request.Message.DueAt.ShouldBe(state.Step(definition.Id).DueAt);
            request.Message.Corrected.ShouldBe(entries.OfType<CorrectionGiven>().Any(g => g.Step == definition.Id) ? ["name", "photo"] : [], "the agency hears what was answered");

            request.Message.Inputs.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetRawText())
                .ShouldBe(package.Fields(definition.Id, _given), ignoreOrder: true, "only mapped fields are sent, and all of them");
        }

        foreach (var charge in effects.OfType<Effect.Charge>())
        {
            charge.Message.AmountRupiah.ShouldBe(((Input.Payment)input).Message.AmountRupiah, "the fee is what the agency asked for");
        }

        var news = entries.Exists(e => e is not (ReplyIgnored or FeePaidTooLate)) || (before is { Ended: false } && entries.OfType<FeePaidTooLate>().Any());
        effects.OfType<Effect.Announce>().Count().ShouldBe(news ? 1 : 0, "each change is announced once");
        foreach (var message in effects.OfType<Effect.Announce>().Select(a => a.Message))
        {
            (message.Sequence, message.Status).ShouldBe((state.Sequence, state.Status));
            message.Steps.ShouldBe(state.Steps.ToDictionary(s => s.Id, s => s.Status), ignoreOrder: true);
        }

        foreach (var effect in effects)
        {
            Alarm = effect switch
            {
                Effect.SetAlarm(var at) => at,
                Effect.DropAlarm => null,
                _ => Alarm,
            };
        }

        if (state.Ended)
        {
            (before is not { Ended: false } || effects.OfType<Effect.DropAlarm>().Any()).ShouldBeTrue();
        }
        else if (state.NextLapse is { } lapse)
        {
            Alarm.ShouldNotBeNull("somebody is waited for, so an alarm is set");
            Alarm.Value.ShouldBeLessThanOrEqualTo(lapse > now ? lapse : now, "the alarm is never too late");
        }
    }

    private void CheckState(ApplicationState state, DateTimeOffset now)
    {
        foreach (var step in state.Steps)
        {
            (step.Ran + (Runs(step) ? now - step.Since : TimeSpan.Zero), step.Stood + (Stands(step) ? now - step.Since : TimeSpan.Zero))
                .ShouldBe(_clocks.GetValueOrDefault(step.Id), $"the running and the stopped clock of {step.Id} make up the time that it was in hand");
            (step.Kept && step.Status == StepStatus.Completed).ShouldBeFalse("what an agency did not give back stays marked");
            (step.DueAt is null || !Stands(step)).ShouldBeTrue("the clock never runs while the applicant is the one to act");
            (step.StallsAt is null || Runs(step) || step.Status is StepStatus.Cancelling or StepStatus.DeemedGranted).ShouldBeTrue("nobody is waited for who need not act");
            // What an agency may yet refuse to give back keeps what it needs to go on.
            if (step.Status is not StepStatus.Cancelling)
            {
                (step.WaitsUntil is not null).ShouldBe(step.Status is StepStatus.AwaitingCorrection);
                (Stands(step) && package.Step(step.Id).Deadline is not null).ShouldBe(step.Left is not null, "what is left of the time is kept while the clock stands");
            }

            if (step.Status is StepStatus.Waiting && !state.Ended && !state.Cancelling)
            {
                (BehindRefusal(state, step.Id) || (FailsNow(state) && !PivotGranted(state)) || Startable(state, step.Id)
                    || (NeedsMet(state, step.Id) && !WaitsForOutputs(state, step.Id) && !package.Applies(step.Id, _given)))
                    .ShouldBeFalse($"{step.Id} waits for nothing");
            }
        }

        if (state.Ended)
        {
            return;
        }

        state.Steps.ShouldContain(s => InHand(s) || s.Status == StepStatus.Cancelling || (s.Status == StepStatus.DeemedGranted && !s.Issued), "an application that has not ended waits for somebody");
        state.Status.ShouldBe(
            state.CancelledBy is not null ? ApplicationStatus.Cancelling
            : state.Steps.Any(Stands) ? ApplicationStatus.AwaitingApplicant
            : ApplicationStatus.InProgress);
        if (state.Cancelling && !(Pivot(state) is { } pivot && (InHand(pivot) || pivot.Status is StepStatus.Cancelling)))
        {
            state.Steps.ShouldAllBe(s => s.Status != StepStatus.Waiting && (!InHand(s) || s.Kept), "whatever can be taken back has been asked for");
            state.Steps.ShouldAllBe(s => !(s.Status == StepStatus.Completed && package.Step(s.Id).Compensable && Dependents(s.Id).All(d => Gone(state.Step(d)))));
        }
    }

    private static void CheckDenial(Decision decision, Input input)
    {
        var state = decision.State;
        var step = input switch { Input.Correct c => c.Step, Input.Refile r => r.Step, Input.Operate o => o.Step, _ => null };
        var now = step is null ? null : state.Step(step);
        switch (decision.Denied)
        {
            case Denial.PastPivot:
                input.ShouldBeOfType<Input.Cancel>();
                break;
            case Denial.Ended:
                (state.Ended || state.CancelledBy is not null).ShouldBeTrue();
                break;
            case Denial.NotAwaitingCorrection:
                (state.Ended || now!.Status is not StepStatus.AwaitingCorrection).ShouldBeTrue();
                break;
            case Denial.OtherItems:
                ((Input.Correct)input).Requirements.Length.ShouldBe(1);
                break;
            case Denial.NotRefused:
                (now!.Status is StepStatus.Rejected or StepStatus.Lapsed).ShouldBeFalse();
                break;
            case null when input is Input.Act:
                (decision.Entries.Count > 0 || input is Input.Cancel).ShouldBeTrue("an act that is not denied does something");
                break;
        }
    }

    private bool Startable(ApplicationState state, string id) =>
        !state.Cancelling && NeedsMet(state, id) && !WaitsForOutputs(state, id) && package.Applies(id, _given);

    private bool NeedsMet(ApplicationState state, string id) =>
        package.Step(id).Needs.All(need => Granted(state.Step(need)) || state.Step(need).Skipped is SkipReason.NotApplicable or SkipReason.Operator);

    private bool WaitsForOutputs(ApplicationState state, string id) =>
        package.Sources(id).Any(source => state.Find(source) is { Status: StepStatus.DeemedGranted } && !_given.Contains(source));

    private bool BehindRefusal(ApplicationState state, string id) => package.Step(id).Needs.Any(need =>
        state.Step(need).Status is StepStatus.Rejected or StepStatus.Lapsed || (state.Step(need).Skipped is SkipReason.NeedRefused && BehindRefusal(state, need)));

    private IEnumerable<string> Dependents(string id) => package.Definition.Steps.Where(s => s.Needs.Contains(id)).SelectMany(s => Dependents(s.Id).Prepend(s.Id));

    private StepState? Pivot(ApplicationState state) => package.Definition.Steps.FirstOrDefault(s => s.Pivot) is { } pivot ? state.Step(pivot.Id) : null;

    private bool PivotGranted(ApplicationState state) => Pivot(state) is { } pivot && Granted(pivot);

    private static bool FailsNow(ApplicationState state) => state.Steps.Any(s => s.FailsApplication && (s.Status is StepStatus.Rejected or StepStatus.Lapsed));

    private static bool Runs(StepState step) => step.Status is StepStatus.Requested or StepStatus.InProgress or StepStatus.Stalled;

    private static bool Stands(StepState step) => step.Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment;

    private static bool InHand(StepState step) => Runs(step) || Stands(step);

    private static bool Granted(StepState step) => step.Status is StepStatus.Completed or StepStatus.DeemedGranted or StepStatus.CancellationRefused;

    private static bool Gone(StepState step) => step.Status is StepStatus.Cancelled or StepStatus.Rejected or StepStatus.Lapsed or StepStatus.Skipped;

    private static bool Over(StepState step) => Gone(step) || step.Status is StepStatus.Completed or StepStatus.CancellationRefused || (step.Status is StepStatus.DeemedGranted && step.Issued);

    private static IEnumerable<string> Steps<T>(IReadOnlyList<Effect> effects, Func<T, StepRef> step) where T : Effect => effects.OfType<T>().Select(e => step(e).StepId);

    // As the database gives it back: the event from its JSON, the personal data from where it is stored apart.
    private static TimelineEntry Stored(TimelineEntry entry)
    {
        var read = FlowJson.Read(FlowJson.Kind(entry.Event), FlowJson.Write(entry.Event));
        return entry with
        {
            Event = (read, entry.Event) switch
            {
                (ApplicationSubmitted r, ApplicationSubmitted o) => r with { Content = o.Content },
                (StepDone r, StepDone o) => r with { Content = o.Content },
                (CorrectionGiven r, CorrectionGiven o) => r with { Content = o.Content },
                (StepRefiled r, StepRefiled o) => r with { Content = o.Content },
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
            (one with { Documents = other.Documents, Reasons = other.Reasons }).ShouldBe(other, because);
        }

        (actual with { Dossier = expected.Dossier, Ignored = expected.Ignored, Steps = expected.Steps }).ShouldBe(expected, because);
    }

    private static string Personal(ApplicationState state) =>
        string.Join(';', state.Dossier.Parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={JsonSerializer.Serialize(p.Value)}"));
}
