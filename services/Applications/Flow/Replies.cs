using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>
/// What a reply of an agency, or of the payments, does to its step. Replies of one step overtake each other on the way: one that the
/// step has gone past already changes nothing.
/// </summary>
internal static class Replies
{
    /// <summary>Records what the reply does; <see langword="false"/> when it does nothing.</summary>
    public static bool Apply(Draft draft, Input.Reply reply)
    {
        if (draft.State.Find(reply.Step.StepId) is not { } step || step.Attempt != reply.Step.Attempt || !draft.Asked(reply.Step))
        {
            return false;
        }

        return reply switch
        {
            Input.Settled { Message: var m } => Settled(draft, step, m),
            Input.Billed { Message: var m } => Billed(draft, step, m),
            // Nothing is left to do when the charge is off the bill.
            Input.PaymentWithdrawn => true,
            _ when draft.State.Ended => Expected(step, reply),
            Input.PaymentLapsed => PaymentLapsed(draft, step),
            Input.Completed { Message: var m } => Completed(draft, step, m),
            Input.Rejected { Message: var m } => Rejected(draft, step, m),
            Input.Accepted { Message: var m } => Accepted(draft, step, m),
            Input.Correction correction => Correction(draft, step, correction),
            Input.Payment payment => Payment(draft, step, payment),
            Input.Undone => Undone(draft, step) || Expected(step, reply),
            Input.UndoRefused { Message: var m } => UndoRefused(draft, step, m) || Expected(step, reply),
            _ => false,
        };
    }

    private static bool Record(Draft draft, StepEvent happened)
    {
        draft.Record(happened);
        return true;
    }

    private static bool Completed(Draft draft, StepState step, StepCompleted m) =>
        (step.InHand || step.Status is StepStatus.Cancelling or StepStatus.DeemedGranted) && !step.Issued
        && Record(draft, new StepDone(step.Id, step.Attempt, [.. m.Documents]) { Content = m.Outputs });

    // Not of a step granted by law: the agency is bound.
    private static bool Rejected(Draft draft, StepState step, StepRejected m) =>
        (step.InHand || (step.Status is StepStatus.Cancelling && !step.Issued))
        && Record(draft, new StepRefused(step.Id, step.Attempt, [.. m.Reasons], Progress.RefusalFailsApplication(draft, step.Id)));

    private static bool Accepted(Draft draft, StepState step, StepAccepted m) =>
        step.Status is StepStatus.Requested or StepStatus.Stalled && step.AgencyFileNumber is null
        && Record(draft, new StepTaken(step.Id, step.Attempt, m.AgencyFileNumber, m.ExpectedAt, StallsAt(draft, step, m.ExpectedAt)));

    private static bool Correction(Draft draft, StepState step, Input.Correction correction)
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

        return Record(draft, new StepNeedsCorrection(step.Id, step.Attempt, [.. correction.Message.Items], draft.Now.AddDays(rule.WaitDays), draft.Left(step, correction)));
    }

    // One fee an attempt: the charge is known by it.
    private static bool Payment(Draft draft, StepState step, Input.Payment payment)
    {
        if (!step.ClockRuns || step.Fee is not null)
        {
            return false;
        }

        var m = payment.Message;
        draft.Record(new StepNeedsPayment(step.Id, step.Attempt, new Fee(m.AmountRupiah, m.Purpose, m.ExpiresAt), draft.Left(step, payment)));
        draft.Effects.Add(new Effect.Charge(new ChargeFee
        {
            Step = draft.Ref(step),
            ApplicationNumber = draft.State.Number,
            Region = draft.State.Region,
            AmountRupiah = m.AmountRupiah,
            Purpose = m.Purpose,
            ExpiresAt = m.ExpiresAt,
        }));
        return true;
    }

    private static bool Billed(Draft draft, StepState step, ChargeBilled m) =>
        step.Fee is not { BillingCode: null } || step.Status is not StepStatus.AwaitingPayment
        || Record(draft, new FeeBilled(step.Id, step.Attempt, m.BillingCode, m.ExpiresAt));

    private static bool Settled(Draft draft, StepState step, ChargeSettled m)
    {
        if (step.Fee is not { Paid: false } fee || fee.AmountRupiah != m.AmountRupiah)
        {
            return step.Fee is { Paid: true };
        }

        if (step.Status is not StepStatus.AwaitingPayment)
        {
            // To an application that has ended it is a note: nothing else comes of it.
            Action<TimelineEvent> record = draft.State.Ended ? draft.Note : draft.Record;
            record(new FeePaidTooLate(step.Id, step.Attempt, m.BillingCode, m.AmountRupiah));
            return true;
        }

        var definition = draft.DefinitionOf(step.Id);
        var (dueAt, warnAt) = draft.Due(definition, step.Left);
        draft.Record(new FeePaid(step.Id, step.Attempt, m.BillingCode, m.AmountRupiah, dueAt, draft.Now + draft.Settings.StallsAfter, warnAt));
        draft.Effects.Add(new Effect.TellPaid(Agencies.Of(definition.Service), new FeeSettled
        {
            Step = draft.Ref(step),
            Service = definition.Service,
            BillingCode = m.BillingCode,
            AmountRupiah = m.AmountRupiah,
            SettledAt = m.SettledAt,
        }));
        return true;
    }

    private static bool PaymentLapsed(Draft draft, StepState step)
    {
        if (step.Status is StepStatus.AwaitingPayment)
        {
            Lapses.Lapse(draft, step, LapseReason.Payment);
        }

        return step.Fee is not null;
    }

    private static bool Undone(Draft draft, StepState step) =>
        step.Status is StepStatus.Cancelling && Record(draft, new StepUndone(step.Id, step.Attempt));

    private static bool UndoRefused(Draft draft, StepState step, StepCancellationRefused m) =>
        step.Status is StepStatus.Cancelling
        && Record(draft, new UndoRefused(step.Id, step.Attempt, [.. m.Reasons], draft.Now + draft.Settings.StallsAfterAccepted));

    /// <summary>The answer to an undoing that is settled already, or to laying a lapsed or skipped step aside: no news.</summary>
    private static bool Expected(StepState step, Input.Reply reply) =>
        reply is Input.Undone or Input.UndoRefused && (step.Status is StepStatus.Lapsed or StepStatus.Cancelled || step.Skipped is SkipReason.Operator);

    // An agency's word that lies in the past counts as none.
    private static DateTimeOffset StallsAt(Draft draft, StepState step, DateTimeOffset? expectedAt) =>
        new[] { expectedAt, step.DueAt }.FirstOrDefault(moment => moment > draft.Now) ?? draft.Now + draft.Settings.StallsAfterAccepted;
}
