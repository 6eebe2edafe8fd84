using Mpp.Contracts.Payments;
using Mpp.Messaging;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Fees;

/// <summary>
/// Tells the coordinator where a fee stands, in the transaction that brought it there. If it is asked again, it says
/// the same again.
/// </summary>
internal sealed class FeeReplies(ICommandSender commands, ITimers timers, Ledger ledger)
{
    /// <summary>The name of a fee's timer.</summary>
    public const string Expiry = "expiry";

    public async Task TellAsync(Fee fee, CancellationToken cancellationToken)
    {
        var step = fee.Step;
        switch (fee.State)
        {
            case FeeState.Open:
                await SendAsync(
                    new FeeBilled { Step = step, BillingCode = fee.Bill!.Code, ExpiresAt = fee.ExpiresAt!.Value });
                break;
            case FeeState.Paid or FeeState.RefundDue:
                var payment = await ledger.PaymentAsync(fee.PaymentId!.Value, cancellationToken);
                await TellPaidAsync(fee, payment, cancellationToken);
                break;
            case FeeState.PaidBack:
                await TellPaidBackAsync(
                    fee, await ledger.RepaymentAsync(fee.RepaymentId!.Value, cancellationToken), cancellationToken);
                break;
            case FeeState.Lapsed:
                await SendAsync(new FeeLapsed { Step = step });
                break;
            case FeeState.Withdrawn:
                await SendAsync(new FeeWithdrawn { Step = step });
                break;
        }

        Task SendAsync(object message) => commands.SendAsync(Queues.Applications, message, cancellationToken);
    }

    /// <summary>The coordinator hears that the money was given back.</summary>
    public Task TellPaidBackAsync(Fee fee, Repayment repayment, CancellationToken cancellationToken) =>
        commands.SendAsync(
            Queues.Applications,
            new FeePaidBack
            {
                Step = fee.Step,
                BillingCode = fee.Bill!.Code,
                AmountRupiah = repayment.AmountRupiah,
                Reference = repayment.Reference,
                PaidBackAt = repayment.PaidBackAt,
            },
            cancellationToken);

    /// <summary>The fee can no longer lapse, and the coordinator hears of the money.</summary>
    public async Task TellPaidAsync(Fee fee, Payment payment, CancellationToken cancellationToken)
    {
        await timers.DropAsync(fee.Id, Expiry, cancellationToken);
        await commands.SendAsync(
            Queues.Applications,
            new FeePaid
            {
                Step = fee.Step,
                BillingCode = fee.Bill!.Code,
                AmountRupiah = fee.AmountRupiah!.Value,
                PaidAt = payment.PaidAt,
            },
            cancellationToken);
    }
}
