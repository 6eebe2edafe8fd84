using Mpp.Contracts.Payments;

namespace Mpp.Applications.Flow;

/// <summary>
/// What a reply of an agency, or of the payments, does to its step. Replies to one step can overtake each other: a
/// reply that comes after the step has gone on changes nothing.
/// </summary>
internal static class Replies
{
    /// <summary>How many rejected replies to one attempt are answered; further ones are only counted.</summary>
    public const int MaxRejections = 10;

    /// <summary>Records what the reply does; <see langword="false"/> when it does nothing.</summary>
    public static bool Apply(Draft draft, Input.Reply reply)
    {
        if (draft.State.Find(reply.Step.StepId) is not { } step || !draft.Asked(reply.Step))
        {
            return false;
        }

        if (reply is Input.PaymentReply payment)
        {
            return Money.Apply(draft, step, payment);
        }

        return step.Attempt == reply.Step.Attempt && reply switch
        {
            _ when draft.State.Ended => AnswersWhatIsOver(step, reply),
            Input.RejectedReply rejected => Reject(draft, step, rejected),
            Input.StepCompleted { Message: var m } => Completed(draft, step, m),
            Input.StepRefused { Message: var m } => Refused(draft, step, m),
            Input.StepAccepted { Message: var m } => Accepted(draft, step, m),
            Input.CorrectionRequested correction => Correct(draft, step, correction),
            Input.FeeRequested fee => RequestFee(draft, step, fee),
            Input.StepCancelled => Cancelled(draft, step) || AnswersWhatIsOver(step, reply),
            Input.StepCancellationRefused { Message: var m } =>
                CancellationRefused(draft, step, m) || AnswersWhatIsOver(step, reply),
            _ => false,
        };
    }

    private static bool Record(Draft draft, StepEvent happened)
    {
        draft.Record(happened);
        return true;
    }

    private static bool Completed(Draft draft, StepState step, StepCompleted m)
    {
        var underWay = step.InHand || step.Status is StepStatus.Cancelling or StepStatus.DeemedGranted;
        return underWay && !step.Issued && Record(
            draft, new Event.StepCompleted(step.Id, step.Attempt, [.. m.Documents]) { Content = m.Outputs });
    }

    // An agency that repeats itself is not answered for ever: two programs could keep each other busy.
    private static bool Reject(Draft draft, StepState step, Input.RejectedReply rejected)
    {
        if (!step.AwaitsReply)
        {
            return false;
        }

        if (step.Rejections < MaxRejections)
        {
            draft.Record(new Event.ReplyRejected(step.Id, step.Attempt, rejected.Kind, rejected.Faults));
            var service = draft.DefinitionOf(step.Id).Service;
            draft.Effects.Add(new Effect.Send<ReplyRejected>(Queues.OfAgency(service), new ReplyRejected
            {
                Step = rejected.Step,
                Service = service,
                Reply = rejected.Kind,
                Faults = rejected.Faults,
            }));
        }

        return true;
    }

    // A step granted by law cannot be refused: the agency is bound.
    private static bool Refused(Draft draft, StepState step, StepRefused m)
    {
        var refusable = step.InHand || (step.Status is StepStatus.Cancelling && !step.Issued);
        return refusable && Record(draft, new Event.StepRefused(
            step.Id, step.Attempt, InForm(draft, step, m.Reasons), Progress.RefusalFailsApplication(draft, step.Id)));
    }

    private static bool Accepted(Draft draft, StepState step, StepAccepted m) =>
        step.Status is StepStatus.Requested or StepStatus.Stalled && step.AgencyFileNumber is null
        && Record(draft, new Event.StepAccepted(
            step.Id, step.Attempt, m.AgencyFileNumber, m.ExpectedAt, StallsAt(draft, step, m.ExpectedAt)));

    private static bool Correct(Draft draft, StepState step, Input.CorrectionRequested correction)
    {
        if (!step.ClockRuns || step.Fee is not null)
        {
            return false;
        }

        var rule = draft.DefinitionOf(step.Id).Corrections;
        if (step.Rounds >= rule.MaxRounds)
        {
            Lapses.Lapse(draft, step, LapseReason.Rounds);
            return true;
        }

        return Record(draft, new Event.CorrectionRequested(step.Id, step.Attempt,
            InForm(draft, step, correction.Message.Items), draft.Now.AddDays(rule.WaitDays),
            draft.Left(step, correction)));
    }

    // One fee for an attempt: the attempt identifies the fee.
    private static bool RequestFee(Draft draft, StepState step, Input.FeeRequested fee)
    {
        if (!step.ClockRuns || step.Fee is not null)
        {
            return false;
        }

        var m = fee.Message;
        draft.Record(new Event.FeeRequested(
            step.Id, step.Attempt, new Fee(m.AmountRupiah, m.Purpose, m.ExpiresAt)
            {
                Attempt = step.Attempt,
                KeptIfRefused = m.KeptIfRefused,
            }, draft.Left(step, fee)));
        draft.Effects.Add(new Effect.Send<BillFee>(Queues.Payments, new BillFee
        {
            Step = draft.Ref(step),
            ApplicationNumber = draft.State.Number,
            Region = draft.State.Region,
            AmountRupiah = m.AmountRupiah,
            Purpose = m.Purpose,
            Payee = m.Payee,
            ExpiresAt = m.ExpiresAt,
        }));
        return true;
    }

    private static bool Cancelled(Draft draft, StepState step) =>
        step.Status is StepStatus.Cancelling && Record(draft, new Event.StepCancelled(step.Id, step.Attempt));

    private static bool CancellationRefused(Draft draft, StepState step, StepCancellationRefused m) =>
        step.Status is StepStatus.Cancelling
        && Record(draft, new Event.StepCancellationRefused(
            step.Id, step.Attempt, InForm(draft, step, m.Reasons), draft.Now + draft.Settings.StallsAfterAccepted));

    /// <summary>
    /// Whether this is only the answer to a cancellation that is over already, or to laying a lapsed or skipped step
    /// aside.
    /// </summary>
    private static bool AnswersWhatIsOver(StepState step, Input.Reply reply) =>
        reply is Input.StepCancelled or Input.StepCancellationRefused
        && (step.Status is StepStatus.Lapsed or StepStatus.Cancelled || step.Skipped is SkipReason.Operator);

    // Agencies point into what they were given; from here on a pointer leads into the form that was filed.
    private static ImmutableArray<StepReason> InForm(
        Draft draft, StepState step, IReadOnlyList<StepReason> reasons)
    {
        var definition = draft.DefinitionOf(step.Id);
        return [.. reasons.Select(r => r with { Pointer = StepInputs.InForm(definition, r.Pointer) })];
    }

    // A moment that lies in the past is not used.
    private static DateTimeOffset StallsAt(Draft draft, StepState step, DateTimeOffset? expectedAt) =>
        new[] { expectedAt, step.DueAt }.FirstOrDefault(moment => moment > draft.Now)
        ?? draft.Now + draft.Settings.StallsAfterAccepted;
}
