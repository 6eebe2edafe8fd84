namespace Mpp.Applications.Flow;

/// <summary>
/// What the applicant and operators may do, and when. Nobody sets a state: every act is one of these and obeys the same
/// rules.
/// </summary>
internal static class Acts
{
    /// <returns>Why it cannot be done; <see langword="null"/> when it was done, now or before.</returns>
    public static Denial? Apply(Draft draft, Input.Act act) => act switch
    {
        Input.Correct correct => Correct(draft, correct),
        Input.Refile refile => Refile(draft, refile),
        Input.Cancel cancel => Cancel(draft, cancel),
        Input.ChangeChannel change => ChangeChannel(draft, change),
        Input.Operate operate => Operate(draft, operate),
        _ => throw new ArgumentException($"{act.GetType().Name} is no act.", nameof(act)),
    };

    private static Denial? Correct(Draft draft, Input.Correct act)
    {
        if (draft.State.Find(act.Step) is not { } step)
        {
            return Denial.UnknownStep;
        }

        if (draft.State.Ended || step.Status is not StepStatus.AwaitingCorrection)
        {
            return Denial.NotAwaitingCorrection;
        }

        if (!step.Reasons.Select(r => r.Requirement).ToHashSet(StringComparer.Ordinal).SetEquals(act.Requirements))
        {
            return Denial.OtherItems;
        }

        draft.Record(new Event.StepCorrected(step.Id, step.Attempt, act.Requirements, draft.State.Changes + 1, act.By)
        {
            Content = act.Changes
        });
        draft.Request(draft.DefinitionOf(step.Id), step.Left);
        return null;
    }

    private static Denial? Refile(Draft draft, Input.Refile act)
    {
        if (draft.State.Find(act.Step) is not { } step)
        {
            return Denial.UnknownStep;
        }

        if (WhyNotRefiled(draft.State, draft.DefinitionOf(step.Id)) is { } denial)
        {
            return denial;
        }

        draft.Record(
            new Event.StepRefiled(step.Id, step.Attempt, draft.State.Changes + 1, act.By) { Content = act.Changes });
        return null;
    }

    /// <summary>Why a step cannot be filed again; <see langword="null"/> when it can.</summary>
    public static Denial? WhyNotRefiled(ApplicationState state, StepDefinition definition) =>
        state.CancelledBy is not null ? Denial.Ended
        : !state.Step(definition.Id).Failed ? Denial.NotRefused
        : state.Erased ? Denial.Erased
        : state.Step(definition.Id).Refilings >= definition.Corrections.MaxRounds ? Denial.NoRoundsLeft
        : null;

    private static Denial? Cancel(Draft draft, Input.Cancel act)
    {
        if (draft.State.Cancelling)
        {
            return null;
        }

        if (draft.State.Ended)
        {
            return Denial.Ended;
        }

        if (draft.PivotGranted)
        {
            return Denial.PastPivot;
        }

        draft.Record(new Event.CancellationRequested(act.By, act.Reason));
        return null;
    }

    private static Denial? ChangeChannel(Draft draft, Input.ChangeChannel act)
    {
        if (draft.State.Ended)
        {
            return Denial.Ended;
        }

        draft.Record(new Event.ChannelChanged(act.Channel, act.By));
        return null;
    }

    private static Denial? Operate(Draft draft, Input.Operate act)
    {
        if (draft.State.Find(act.Step) is not { } step)
        {
            return Denial.UnknownStep;
        }

        if (draft.State.Ended && act is not Input.Close)
        {
            return Denial.Ended;
        }

        var definition = draft.DefinitionOf(step.Id);
        if (!Possible(definition, step).Contains(act.Kind))
        {
            return act switch
            {
                Input.Extend when step.ClockRuns && IsLegal(definition.Deadline) => Denial.LegalLimit,
                Input.Close when step.Matters.Contains(OperatorMatter.RefundDue) => Denial.RefundDue,
                _ => Denial.NotPossibleNow,
            };
        }

        if (act is Input.Extend { DueAt: var dueAt } && dueAt <= draft.Now)
        {
            return Denial.NotPossibleNow;
        }

        if (act is Input.Close close)
        {
            draft.Record(new Event.OperatorActed(act.Kind, step.Id, act.By, act.Reason));
            draft.Record(new Event.StepClosed(step.Id, step.Attempt, close.Evidence));
            return null;
        }

        draft.Record(new Event.OperatorActed(act.Kind, step.Id, act.By, act.Reason));
        switch (act)
        {
            case Input.Retry:
                Retry(draft, step);
                break;
            case Input.Skip:
                Skip(draft, step);
                break;
            case Input.CompleteByHand done:
                draft.Record(new Event.StepCompleted(step.Id, step.Attempt, done.Documents, done.Evidence)
                {
                    Content = done.Outputs
                });
                break;
            case Input.Extend extend:
                draft.Record(new Event.DeadlineExtended(
                    step.Id, step.Attempt, extend.DueAt, draft.WarnAt(definition.Deadline!, extend.DueAt)));
                draft.SendExtended(step, extend.DueAt);
                break;
        }

        return null;
    }

    /// <summary>What an operator can do about a step as it stands.</summary>
    public static IEnumerable<OperatorAct> Possible(StepDefinition definition, StepState step)
    {
        var bound = step.Status is StepStatus.DeemedGranted && !step.Issued;
        var cancelling = step.Status is StepStatus.Cancelling;
        var extendable = step.ClockRuns && step.DueAt is not null && !IsLegal(definition.Deadline);
        bool Can(OperatorAct act) => act switch
        {
            OperatorAct.Close => step.Closable,
            OperatorAct.Retry => step.ClockRuns || cancelling || bound,
            OperatorAct.Skip => step.InHand || cancelling || step.Status is StepStatus.Waiting,
            OperatorAct.Complete => step.InHand || bound,
            OperatorAct.Extend => extendable,
            _ => false,
        };
        return Enum.GetValues<OperatorAct>().Where(Can);
    }

    // A limit after which silence is a grant is set by law and is the citizen's right (UU 30/2014 art. 53): an operator
    // cannot extend it.
    private static bool IsLegal(StepDeadline? deadline) => deadline is { OnLapse: OnLapse.DeemGranted };

    // The same attempt once more: an agency that has it already answers again and does nothing twice.
    private static void Retry(Draft draft, StepState step)
    {
        var stallsAt = draft.Now + draft.Settings.StallsAfter;
        switch (step.Status)
        {
            case StepStatus.Cancelling:
                draft.Record(new Event.StepCancellationRequested(step.Id, step.Attempt, stallsAt));
                draft.Cancel(step, Cancellation.Reason(draft));
                break;
            case StepStatus.DeemedGranted:
                draft.Record(new Event.StepRetried(step.Id, step.Attempt, stallsAt));
                draft.SendDeemedGranted(step, step.DueAt ?? draft.Now);
                break;
            default:
                draft.Record(new Event.StepRetried(step.Id, step.Attempt, stallsAt));
                draft.SendRequest(draft.DefinitionOf(step.Id));
                break;
        }
    }

    private static void Skip(Draft draft, StepState step)
    {
        draft.Record(new Event.StepSkipped(step.Id, SkipReason.Operator, Because: null));
        if (step.InHand)
        {
            draft.Cancel(step, "cancelled-by-operator");
        }
    }
}
