namespace Mpp.Applications.Flow;

/// <summary>
/// Cancels an application, in this order. If the pivot is in hand, its agency is asked first and alone, because an
/// application whose pivot is kept goes forward. Then steps in hand are withdrawn, and steps that were never begun are
/// dropped. Completed steps are cancelled where the package says they can be, each only when no step that needed it
/// stands any more. An agency may refuse: then its step stands, and so do the steps that it needed.
/// </summary>
internal static class Cancellation
{
    /// <returns><see langword="false"/> when the application goes forward again.</returns>
    public static bool Advance(Draft draft)
    {
        if (Pivot(draft) is { } pivot)
        {
            if (pivot.Kept || pivot.Granted)
            {
                draft.Record(new Event.CancellationDropped(pivot.Id));
                return false;
            }

            if (pivot.InHand)
            {
                Ask(draft, pivot);
            }

            if (draft.State.Step(pivot.Id).Status is StepStatus.Cancelling)
            {
                return true;
            }
        }

        foreach (var step in draft.State.Steps)
        {
            if (step.Status is StepStatus.Waiting)
            {
                draft.Record(new Event.StepCancelled(step.Id, step.Attempt));
            }
            else if (step.InHand && !step.Kept)
            {
                Ask(draft, step);
            }
        }

        foreach (var step in draft.State.Steps.Where(s => CanBeCancelled(draft, s)))
        {
            Ask(draft, step);
        }

        if (draft.State.Steps.All(s => s.Over || s.Status is StepStatus.DeemedGranted))
        {
            draft.End(ApplicationStatus.Cancelled);
        }

        return true;
    }

    private static StepState? Pivot(Draft draft) =>
        draft.Definition.Steps.FirstOrDefault(s => s.Pivot) is { } pivot ? draft.State.Step(pivot.Id) : null;

    private static bool CanBeCancelled(Draft draft, StepState step) =>
        step.Status is StepStatus.Completed or StepStatus.DeemedGranted
        && draft.DefinitionOf(step.Id).Compensable
        && Dependents(draft, step.Id).All(
            s => s.Status is StepStatus.Cancelled or StepStatus.Refused or StepStatus.Lapsed or StepStatus.Skipped);

    private static IEnumerable<StepState> Dependents(Draft draft, string step) => draft.Definition.Steps
        .Where(s => s.Needs.Contains(step, StringComparer.Ordinal))
        .SelectMany(s => Dependents(draft, s.Id).Prepend(draft.State.Step(s.Id)));

    private static void Ask(Draft draft, StepState step)
    {
        draft.Record(new Event.StepCancellationRequested(
            step.Id, step.Attempt, draft.Now + draft.Settings.StallsAfter));
        draft.Cancel(step, Reason(draft));
    }

    public static string Reason(Draft draft) =>
        draft.State.CancelledBy is { Role: ActorRole.Operator } ? "cancelled-by-operator" : "cancelled-by-applicant";
}
