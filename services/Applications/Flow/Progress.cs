using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>What follows once something has happened: steps that can start, steps that never will, and the end.</summary>
internal static class Progress
{
    public static void Advance(Draft draft)
    {
        RepeatForWaiting(draft, SkipBehindRefusal);
        RepeatForWaiting(draft, draft.State.Refused ? SkipUnstarted : StartOrSkip);
        if (draft.State.Steps.All(s => s.Over))
        {
            draft.Record(new ApplicationEnded(Outcome(draft)));
        }
    }

    public static bool RefusalFailsApplication(Draft draft, string step) =>
        draft.DefinitionOf(step).OnRejected is OnRejected.FailApplication && !PivotGranted(draft);

    // The order of steps in a definition has no meaning, and one that moves may let others move: go round until nothing does.
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
        var refused = step.Needs.Select(draft.State.Step).FirstOrDefault(s => s.Status is StepStatus.Rejected || s.Skipped is SkipReason.NeedRefused);
        if (refused is null)
        {
            return false;
        }

        draft.Record(new StepSkipped(step.Id, SkipReason.NeedRefused, refused.SkippedBecause ?? refused.Id));
        return true;
    }

    private static bool SkipUnstarted(Draft draft, StepDefinition step)
    {
        draft.Record(new StepSkipped(step.Id, SkipReason.ApplicationRefused, Because: null));
        return true;
    }

    private static bool StartOrSkip(Draft draft, StepDefinition step)
    {
        if (!step.Needs.All(need => draft.State.Step(need).Satisfied))
        {
            return false;
        }

        if (Conditions.Holds(step.When, draft.State.Dossier))
        {
            draft.Request(step);
        }
        else
        {
            draft.Record(new StepSkipped(step.Id, SkipReason.NotApplicable, Because: null));
        }

        return true;
    }

    private static ApplicationStatus Outcome(Draft draft)
    {
        var steps = draft.State.Steps;
        return steps.All(s => s.Status is not StepStatus.Rejected) ? ApplicationStatus.Completed
            : (draft.State.Refused && !PivotGranted(draft)) || !steps.Any(s => s.Granted) ? ApplicationStatus.Rejected
            : ApplicationStatus.CompletedInPart;
    }

    private static bool PivotGranted(Draft draft) =>
        draft.Definition.Steps.Any(s => s.Pivot && draft.State.Step(s.Id).Granted);
}
