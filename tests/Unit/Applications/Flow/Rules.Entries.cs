using Mpp.Applications.Flow;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>When each entry of a timeline can be made.</summary>
internal sealed partial class Rules
{
    private void CheckEntry(ApplicationState state, Input input, Event happened, DateTimeOffset now)
    {
        if (state.Ended)
        {
            (happened is Event.ReplyIgnored or Event.FeePaidTooLate or Event.FeePaidBack or Event.StepRefiled
                or Event.StepClosed
                or Event.OperatorActed { Act: OperatorAct.Close } or Event.PersonalDataErased).ShouldBeTrue(
                    $"{happened.GetType().Name} cannot happen to an application that has ended");
        }

        (_unasked && happened is Event.StepAccepted or Event.StepCompleted or Event.StepRefused
                or Event.CorrectionRequested or Event.FeeRequested or Event.FeeBilled or Event.FeePaid
                or Event.FeePaidTooLate or Event.FeePaidBack or Event.StepCancelled or Event.StepCancellationRefused
                or Event.StepLapsed { Reason: LapseReason.Payment or LapseReason.Rounds })
            .ShouldBeFalse("nobody answers what was not asked before");
        var step = happened is StepEvent e ? state.Find(e.Step) : null;
        var taken = step is null ? now : Taken(input, step, now);
        switch (happened)
        {
            case Event.StepRequested requested:
                requested.Attempt.ShouldBe(step!.Attempt + 1, "attempts count up by one");
                CheckStart(state, step, input, now, requested);
                _asked[requested.Step] = package.Fields(requested.Step, _given);
                _seenTo.Remove(requested.Step);
                _unfit.Remove(requested.Step);
                if (step.Status is StepStatus.Waiting)
                {
                    _corrected.Remove(requested.Step);
                }

                break;
            case Event.StepCompleted done:
                (input is Input.StepCompleted { Message: var m }
                    && m.Step == new StepRef(state.Id, step!.Id, step.Attempt)).ShouldBe(
                        done.Evidence is null, "only its agency completes a step, or an operator with evidence");
                (InHand(step!) || step!.Status is StepStatus.Cancelling or StepStatus.DeemedGranted).ShouldBeTrue();
                _given.Add(step!.Id).ShouldBeTrue("a step is completed once");
                break;
            case Event.StepRefused refused:
                (input is Input.StepRefused { Message: var m2 } && m2.Step == new StepRef(
                    state.Id, step!.Id, step.Attempt)).ShouldBeTrue("only its agency refuses a step");
                (InHand(step!) || step!.Status is StepStatus.Cancelling).ShouldBeTrue(
                    "what was granted is not refused any more");
                refused.FailsApplication.ShouldBe(
                    package.Step(refused.Step).OnRefused is OnRefused.FailApplication && !PivotGranted(state));
                break;
            case Event.StepAccepted:
                (step!.Status is StepStatus.Requested or StepStatus.Stalled).ShouldBeTrue();
                break;
            case Event.CorrectionRequested needs:
                Runs(step!).ShouldBeTrue();
                step!.Rounds.ShouldBeLessThan(package.Step(step.Id).Corrections.MaxRounds);
                needs.WaitsUntil.ShouldBe(now.AddDays(package.Step(step.Id).Corrections.WaitDays));
                Stop(step, taken);
                break;
            case Event.StepCorrected given:
                step!.Status.ShouldBe(StepStatus.AwaitingCorrection);
                given.Requirements.ShouldBe(["name", "photo"], ignoreOrder: true, "all items, and no others");
                _given.Add(RandomPackage.Changed);
                _corrected.Add(given.Step);
                break;
            case Event.FeeRequested:
                Runs(step!).ShouldBeTrue("a fee is asked for by the agency that has the step");
                step!.Fee.ShouldBeNull("one fee an attempt");
                Stop(step, taken);
                break;
            case Event.FeeBilled:
                AwaitsMoney(step!).ShouldBeTrue();
                break;
            case Event.FeePaid paid:
                AwaitsMoney(step!).ShouldBeTrue();
                CheckResumed(step!.Id, paid.DueAt, now);
                break;
            case Event.FeePaidTooLate late:
                (AwaitsMoney(step!) && late.Attempt == step!.Attempt).ShouldBeFalse("money in time is in time");
                step!.FeeOf(late.Attempt)!.Paid.ShouldBeFalse("no money is counted twice");
                break;
            case Event.FeeRefundDue due:
                (step!.FeeOf(due.Attempt) is { Paid: true, RefundDue: false, PaidBack: false } && !step.Issued)
                    .ShouldBeTrue("money for what was not done is due once");
                (Gone(step) && !(step.Status is StepStatus.Refused && step.Fee!.KeptIfRefused)).ShouldBeTrue();
                break;
            case Event.FeePaidBack back:
                input.ShouldBeOfType<Input.FeePaidBack>();
                step!.FeeOf(back.Attempt)!.RefundDue.ShouldBeTrue("what is paid back was due");
                break;
            case Event.DeadlineExtended extended:
                package.Step(extended.Step).Deadline!.OnLapse.ShouldBe(
                    OnLapse.Escalate, "nobody prolongs what the law grants");
                break;
            case Event.ReplyRejected rejected:
                var (of, faults) = (Input.RejectedReply)input;
                (of.Step, of.Kind).ShouldBe((new StepRef(state.Id, step!.Id, step.Attempt), rejected.Reply));
                rejected.Faults.ShouldBe(faults);
                IsOver(step).ShouldBeFalse("of what is over nothing is expected");
                _unfit[step.Id] = _unfit.GetValueOrDefault(step.Id) + 1;
                _unfit[step.Id].ShouldBeLessThanOrEqualTo(Replies.MaxRejections, "nobody is answered for ever");
                break;
            case Event.StepClosed:
                input.ShouldBeOfType<Input.Close>().Step.ShouldBe(step!.Id, "only an operator closes");
                (IsOver(step!) && LeavesSomething(step!)).ShouldBeTrue("there is something to close");
                _seenTo.Add(step!.Id).ShouldBeTrue("it is closed once");
                break;
            case Event.StepLapsed lapsed:
                (lapsed.Reason switch
                {
                    LapseReason.Correction => step!.Status is StepStatus.AwaitingCorrection && step.WaitsUntil <= now,
                    LapseReason.Rounds => input is Input.CorrectionRequested
                        && step!.Rounds == package.Step(step.Id).Corrections.MaxRounds,
                    _ => input is Input.FeeLapsed && AwaitsMoney(step!),
                }).ShouldBeTrue($"lapsed for {lapsed.Reason}");
                lapsed.FailsApplication.ShouldBe(
                    package.Step(lapsed.Step).OnRefused is OnRefused.FailApplication && !PivotGranted(state));
                break;
            case Event.StepSkipped skipped:
                CheckSkip(state, step!, skipped);
                break;
            case Event.StepRefiled:
                (step!.Status is StepStatus.Refused or StepStatus.Lapsed).ShouldBeTrue();
                state.CancelledBy.ShouldBeNull();
                state.Erased.ShouldBeFalse("what is erased cannot be filed again");
                step.Refilings.ShouldBeLessThan(package.Step(step.Id).Corrections.MaxRounds);
                _given.Add(RandomPackage.Changed);
                break;
            case Event.StepStalled:
                (step!.StallsAt <= taken).ShouldBeTrue("no step is stalled before its time");
                break;
            case Event.StepDueSoon near:
                (step!.WarnAt <= taken && near.DueAt > taken && Runs(step)).ShouldBeTrue();
                break;
            case Event.StepOverdue passed:
                (Runs(step!) && step!.DueAt == passed.DueAt && passed.DueAt <= taken && !step.Overdue).ShouldBeTrue(
                    "an agency that decided in time was not late");
                package.Step(passed.Step).Deadline!.OnLapse.ShouldBe(OnLapse.Escalate);
                break;
            case Event.StepDeemedGranted granted:
                (Runs(step!) && step!.DueAt == granted.DueAt && granted.DueAt <= taken).ShouldBeTrue(
                    "silence is a grant when the time is over, and not while the applicant must act");
                package.Step(granted.Step).Deadline!.OnLapse.ShouldBe(OnLapse.DeemGranted);
                break;
            case Event.CancellationRequested:
                PivotGranted(state).ShouldBeFalse("past the pivot it goes forward only");
                break;
            case Event.CancellationDropped:
                (Pivot(state) is { } pivot && (pivot.Kept || Granted(pivot))).ShouldBeTrue(
                    "only a pivot that is not given back ends a cancellation");
                break;
            case Event.StepCancellationRequested:
                CheckCancellation(state, step!, input);
                break;
            case Event.StepCancelled:
                (step!.Status is StepStatus.Cancelling or StepStatus.Waiting).ShouldBeTrue();
                state.Cancelling.ShouldBeTrue();
                break;
            case Event.ApplicationEnded ended:
                CheckOutcome(state, ended.Status);
                // Konawe is eight hours ahead: its last day ends at 16.00 UTC.
                ended.EraseAt.ShouldBe(new DateTimeOffset(
                    now.AddHours(8).Date.AddDays(package.Definition.Retention.Days + 1), TimeSpan.FromHours(8)),
                    "the day of the end is not counted, and the last one to its end");
                break;
            case Event.PersonalDataErased:
                (state.Ended && !state.Erased && state.EraseAt <= now).ShouldBeTrue(
                    "nothing is erased before its time, or twice");
                break;
        }

        if (happened is not (Event.StepDeemedGranted or Event.ReplyIgnored)
            && step is not null && Runs(step) && !step.Overdue && step.DueAt <= taken)
        {
            (happened is Event.StepOverdue).ShouldBeTrue(
                "a deadline that is over has passed before anything else happens to the step");
        }
    }

    private void CheckStart(
        ApplicationState state, StepState step, Input input, DateTimeOffset now, Event.StepRequested requested)
    {
        _requested.Add((step.Id, requested.Attempt)).ShouldBeTrue("a step is requested at most once per attempt");
        if (step.Status is StepStatus.AwaitingCorrection)
        {
            (input is Input.Correct { Step: var corrected } && corrected == step.Id).ShouldBeTrue();
            CheckResumed(step.Id, requested.DueAt, now);
            return;
        }

        step.Status.ShouldBe(StepStatus.Waiting);
        state.Cancelling.ShouldBeFalse("nothing is started while an application is cancelled");
        (FailsNow(state) && !PivotGranted(state)).ShouldBeFalse("a refused application starts nothing");
        Startable(state, step.Id).ShouldBeTrue("a step never starts before its needs");
        if (package.Step(step.Id).Deadline is { Unit: DeadlineUnit.Minutes, Duration: var minutes })
        {
            requested.DueAt.ShouldBe(now.AddMinutes(minutes), "a new file has all of its time");
        }
    }

    private void Stop(StepState step, DateTimeOffset taken)
    {
        var at = taken > step.Since ? taken : step.Since;
        _left[step.Id] = step.DueAt > at ? step.DueAt.Value - at : TimeSpan.Zero;
    }

    /// <summary>
    /// When something was done to a step: what its agency decided on, at the moment that the agency says.
    /// </summary>
    private static DateTimeOffset Taken(Input input, StepState step, DateTimeOffset now)
    {
        var (work, said) = input switch
        {
            Input.StepAccepted { Message: var m } => (m.Step, m.DecidedAt),
            Input.StepCompleted { Message: var m } => (m.Step, m.DecidedAt),
            Input.StepRefused { Message: var m } => (m.Step, m.DecidedAt),
            Input.CorrectionRequested { Message: var m } => (m.Step, m.DecidedAt),
            Input.FeeRequested { Message: var m } => (m.Step, m.DecidedAt),
            _ => default,
        };
        return said < now && (work.StepId, work.Attempt) == (step.Id, step.Attempt) ? said.Value : now;
    }

    private void CheckResumed(string step, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (package.Step(step).Deadline is { Unit: DeadlineUnit.Minutes })
        {
            dueAt.ShouldBe(now + _left[step], "a clock that runs again has what was left when it stopped");
        }
    }

    private void CheckSkip(ApplicationState state, StepState step, Event.StepSkipped skipped)
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

    private void CheckCancellation(ApplicationState state, StepState step, Input input)
    {
        state.Cancelling.ShouldBeTrue();
        if (input is Input.Retry { Step: var again } && again == step.Id && step.Status is StepStatus.Cancelling)
        {
            return;
        }

        if (Pivot(state) is { } pivot && pivot.Id != step.Id)
        {
            (InHand(pivot) || pivot.Status is StepStatus.Cancelling).ShouldBeFalse(
                "the pivot is asked for first, and alone");
        }

        PivotGranted(state).ShouldBeFalse("past the pivot nothing is cancelled");
        if (Granted(step))
        {
            package.Step(step.Id).Compensable.ShouldBeTrue();
            Dependents(step.Id).ShouldAllBe(d => Gone(state.Step(d)), "what depends on it is cancelled first");
        }
        else
        {
            (InHand(step) && !step.Kept).ShouldBeTrue();
        }
    }

    private void CheckOutcome(ApplicationState state, ApplicationStatus status)
    {
        state.Steps.ShouldAllBe(s => Over(s) || (state.Cancelling && s.Status == StepStatus.DeemedGranted),
            "an application ends when nothing is left to happen");
        var failed = state.Steps.Any(s => s.Status is StepStatus.Refused or StepStatus.Lapsed);
        status.ShouldBe(
            state.Cancelling ? ApplicationStatus.Cancelled
            : !failed ? ApplicationStatus.Completed
            : (FailsNow(state) && !PivotGranted(state)) || !state.Steps.Any(Granted) ? ApplicationStatus.Refused
            : ApplicationStatus.CompletedInPart);
    }
}
