namespace Mpp.Applications.Flow;

/// <summary>
/// What follows once something has happened: steps that can start, steps that never will, and the end.
/// </summary>
internal static class Progress
{
    public static void Advance(Draft draft)
    {
        if (draft.State.Ended || (draft.State.Cancelling && Cancellation.Advance(draft)))
        {
            return;
        }

        RepeatForWaiting(draft, SkipBehindRefusal);
        RepeatForWaiting(draft, draft.State.Refused && !draft.PivotGranted ? SkipUnstarted : StartOrSkip);
        if (draft.State.Steps.All(s => s.Over))
        {
            draft.End(Outcome(draft));
        }
    }

    public static bool RefusalFailsApplication(Draft draft, string step) =>
        draft.DefinitionOf(step).OnRefused is OnRefused.FailApplication && !draft.PivotGranted;

    // The order of steps in a definition has no meaning, and a step that moves may let others move: repeat until none
    // does.
    private static void RepeatForWaiting(Draft draft, Func<Draft, StepDefinition, bool> move)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var step in draft.Definition.Steps)
            {
                moved |= draft.State.Step(step.Id).Status is StepStatus.Waiting && move(draft, step);
            }
        }
    }

    private static bool SkipBehindRefusal(Draft draft, StepDefinition step)
    {
        var refused = step.Needs.Select(draft.State.Step)
            .FirstOrDefault(s => s.Failed || s.Skipped is SkipReason.NeedRefused);
        if (refused is null)
        {
            return false;
        }

        draft.Record(new Event.StepSkipped(step.Id, SkipReason.NeedRefused, refused.SkippedBecause ?? refused.Id));
        return true;
    }

    private static bool SkipUnstarted(Draft draft, StepDefinition step)
    {
        draft.Record(new Event.StepSkipped(step.Id, SkipReason.ApplicationRefused, Because: null));
        return true;
    }

    private static bool StartOrSkip(Draft draft, StepDefinition step)
    {
        if (!step.Needs.All(need => draft.State.Step(need).Satisfied) || WaitsForOutputs(draft, step))
        {
            return false;
        }

        if (Conditions.Holds(step.When, draft.State.Dossier))
        {
            draft.Request(step);
        }
        else
        {
            draft.Record(new Event.StepSkipped(step.Id, SkipReason.NotApplicable, Because: null));
        }

        return true;
    }

    /// <summary>
    /// A step granted by law has no result before its agency issues; steps that read the result wait for it.
    /// </summary>
    private static bool WaitsForOutputs(Draft draft, StepDefinition step) => StepInputs.Sources(step)
        .Any(source => draft.State.Find(source) is { Status: StepStatus.DeemedGranted, Issued: false });

    private static ApplicationStatus Outcome(Draft draft)
    {
        var steps = draft.State.Steps;
        return steps.All(s => !s.Failed) ? ApplicationStatus.Completed
            : (draft.State.Refused && !draft.PivotGranted) || !steps.Any(s => s.Granted) ? ApplicationStatus.Refused
            : ApplicationStatus.CompletedInPart;
    }
}
