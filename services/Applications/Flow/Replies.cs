using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>
/// What an agency's reply does to its step. Replies of one step overtake each other on the way: one that the step has gone past
/// already changes nothing.
/// </summary>
internal static class Replies
{
    /// <summary>Records what the reply does; <see langword="false"/> when it does nothing.</summary>
    public static bool Apply(Draft draft, Input.Reply reply)
    {
        if (draft.State.Ended
            || draft.State.Find(reply.Step.StepId) is not { InHand: true } step
            || step.Attempt != reply.Step.Attempt
            || Event(draft, step, reply) is not { } happened)
        {
            return false;
        }

        draft.Record(happened);
        return true;
    }

    private static StepEvent? Event(Draft draft, StepState step, Input.Reply reply) => reply switch
    {
        Input.Completed { Message: var m } => new StepDone(step.Id, step.Attempt, [.. m.Documents]) { Content = m.Outputs },
        Input.Rejected { Message: var m } => new StepRefused(step.Id, step.Attempt, [.. m.Reasons], Progress.RefusalFailsApplication(draft, step.Id)),
        Input.Accepted { Message: var m } when step.Status is StepStatus.Requested or StepStatus.Stalled && step.AgencyFileNumber is null =>
            new StepTaken(step.Id, step.Attempt, m.AgencyFileNumber, m.ExpectedAt, StallsAt(draft, step, m.ExpectedAt)),
        Input.Correction { Message: var m } when step.Status is not StepStatus.AwaitingCorrection => new StepNeedsCorrection(step.Id, step.Attempt, [.. m.Items]),
        Input.Payment { Message: var m } when step.Status is not (StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment) =>
            new StepNeedsPayment(step.Id, step.Attempt, new Fee(m.AmountRupiah, m.Purpose, m.ExpiresAt)),
        // Nothing is undone yet that an agency could confirm or refuse.
        _ => null,
    };

    // An agency's word that lies in the past counts as none.
    private static DateTimeOffset StallsAt(Draft draft, StepState step, DateTimeOffset? expectedAt) =>
        new[] { expectedAt, step.DueAt }.FirstOrDefault(moment => moment > draft.Now) ?? draft.Now + draft.Settings.StallsAfterAccepted;
}
