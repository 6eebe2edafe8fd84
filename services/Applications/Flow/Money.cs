using Mpp.Contracts.Payments;

namespace Mpp.Applications.Flow;

/// <summary>
/// A step's fee: what Payments say of it, and what becomes of it as the step goes on. A fee is known by its step and
/// attempt, and money for an attempt that is over is still somebody's money.
/// </summary>
/// <remarks>
/// The agency keeps the money for what was issued, by itself or by an operator's hand. All other money that was paid is
/// to be paid back, once, except the fee of an examination (<see cref="Fee.KeptIfRefused"/>) that ended in a refusal.
/// This is decided here, and Payments are told by withdrawing the fee, so the two cannot differ.
/// </remarks>
internal static class Money
{
    /// <summary>Records what Payments say; <see langword="false"/> when it cannot be about this step.</summary>
    public static bool Apply(Draft draft, StepState step, Input.PaymentReply reply)
    {
        if (step.FeeOf(reply.Step.Attempt) is not { } fee)
        {
            return false;
        }

        var awaited = step.AwaitsMoney && fee.Attempt == step.Attempt;
        switch (reply)
        {
            case Input.FeeBilled { Message: var m } when awaited && fee.BillingCode is null:
                draft.Record(new Event.FeeBilled(step.Id, step.Attempt, m.BillingCode, m.ExpiresAt));
                return true;
            case Input.FeePaid { Message: var m } when !fee.Paid:
                return fee.AmountRupiah == m.AmountRupiah && Paid(draft, step, m, awaited);
            case Input.FeeLapsed when awaited:
                Lapses.Lapse(draft, step, LapseReason.Payment);
                return true;
            case Input.FeePaidBack { Message: var m } when !fee.PaidBack:
                return !awaited && PaidBack(draft, step, fee, m);
            default:
                // It is known, or nothing is left to do.
                return true;
        }
    }

    /// <summary>What an entry about a step makes of its fee.</summary>
    /// <param name="draft">The draft that has recorded the entry.</param>
    /// <param name="before">The step as it was.</param>
    /// <param name="happened">The entry.</param>
    public static void Follow(Draft draft, StepState before, Event happened)
    {
        var step = draft.State.Step(before.Id);
        // Whatever ends the wait for money, other than payment or lapse, takes the fee off the bill.
        if (before.AwaitsMoney && !step.AwaitsMoney && happened is not (Event.FeePaid or Event.StepLapsed))
        {
            Withdraw(draft, before.Id, before.Attempt);
        }

        switch (happened)
        {
            case Event.FeePaidTooLate late:
                Withdraw(draft, late.Step, late.Attempt);
                break;
            case Event.FeeRefundDue due:
                Withdraw(draft, due.Step, due.Attempt);
                break;
            default:
                if (step.Fee is { Paid: true, RefundDue: false, PaidBack: false } fee && WasForNothing(step, fee))
                {
                    draft.Record(new Event.FeeRefundDue(step.Id, step.Attempt, fee.AmountRupiah));
                }

                break;
        }
    }

    private static bool WasForNothing(StepState step, Fee fee) => !step.Issued && step.Status switch
    {
        StepStatus.Refused => !fee.KeptIfRefused,
        StepStatus.Lapsed or StepStatus.Skipped or StepStatus.Cancelled => true,
        _ => false,
    };

    private static bool Paid(Draft draft, StepState step, FeePaid m, bool awaited)
    {
        if (!awaited)
        {
            TooLate(draft, step, m.Step.Attempt, m.BillingCode, m.AmountRupiah);
            return true;
        }

        var definition = draft.DefinitionOf(step.Id);
        var (dueAt, warnAt) = draft.Due(definition, step.Left);
        draft.Record(new Event.FeePaid(step.Id, step.Attempt, m.BillingCode, m.AmountRupiah, dueAt,
            draft.Now + draft.Settings.StallsAfter, warnAt));
        draft.Effects.Add(new Effect.Send<FeePaid>(Queues.OfAgency(definition.Service), m));
        return true;
    }

    // The message that it was paid back can overtake the message that it was paid.
    private static bool PaidBack(Draft draft, StepState step, Fee fee, FeePaidBack m)
    {
        if (!fee.Paid)
        {
            TooLate(draft, step, fee.Attempt, m.BillingCode, m.AmountRupiah);
        }

        draft.Record(new Event.FeePaidBack(step.Id, fee.Attempt, m.AmountRupiah, m.Reference, m.PaidBackAt));
        return true;
    }

    private static void TooLate(Draft draft, StepState step, int attempt, string billingCode, long amountRupiah) =>
        draft.Record(new Event.FeePaidTooLate(step.Id, attempt, billingCode, amountRupiah));

    private static void Withdraw(Draft draft, string step, int attempt) => draft.Effects.Add(
        new Effect.Send<WithdrawFee>(
            Queues.Payments, new WithdrawFee { Step = new(draft.State.Id, step, attempt) }));
}
