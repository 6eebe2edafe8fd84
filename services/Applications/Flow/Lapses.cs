namespace Mpp.Applications.Flow;

/// <summary>
/// What the passing of time does by itself: warnings, deadlines, silence, waits for the applicant and retentions that
/// are over.
/// </summary>
internal static class Lapses
{
    public static bool Apply(Draft draft, Input input)
    {
        var before = draft.Entries.Count;
        if (draft.State.Ended)
        {
            if (draft.State.NextLapse <= draft.Now)
            {
                draft.Erase();
            }
        }
        else
        {
            foreach (var step in draft.State.Steps)
            {
                var until = draft.TakenAt(step, input);
                if (step.NextLapse <= until)
                {
                    Apply(draft, step, until);
                }
            }
        }

        return draft.Entries.Count > before;
    }

    private static void Apply(Draft draft, StepState step, DateTimeOffset until)
    {
        if (step.Status is StepStatus.AwaitingCorrection)
        {
            Lapse(draft, step, LapseReason.Correction);
            return;
        }

        if (step.ClockRuns && !step.Overdue && step.DueAt is { } dueAt && dueAt <= until)
        {
            if (draft.DefinitionOf(step.Id).Deadline!.OnLapse is OnLapse.DeemGranted)
            {
                draft.Record(new Event.StepDeemedGranted(
                    step.Id, step.Attempt, dueAt, draft.Now + draft.Settings.StallsAfter));
                draft.SendDeemedGranted(step, dueAt);
                return;
            }

            draft.Record(new Event.StepOverdue(step.Id, step.Attempt, dueAt));
        }
        else if (step.ClockRuns && step.WarnAt <= until)
        {
            draft.Record(new Event.StepDueSoon(step.Id, step.Attempt, step.DueAt!.Value));
        }

        if (step.StallsAt <= until)
        {
            draft.Record(new Event.StepStalled(step.Id, step.Attempt));
        }
    }

    /// <summary>The applicant did not do his part: the agency lays the step aside, and it counts as refused.</summary>
    public static void Lapse(Draft draft, StepState step, LapseReason reason)
    {
        draft.Record(new Event.StepLapsed(
            step.Id, step.Attempt, reason, Progress.RefusalFailsApplication(draft, step.Id)));
        draft.Cancel(step, reason is LapseReason.Payment ? "payment-lapsed" : "correction-lapsed");
    }
}
