using Mpp.Contracts.Payments;
using Mpp.Messaging;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Charging;

/// <summary>Tells the coordinator where a charge stands, in the transaction that brought it there. Asked again, it says the same again.</summary>
internal sealed class Answers(ICommandSender commands, Ledger ledger)
{
    public async Task TellAsync(Charge charge, CancellationToken cancellationToken)
    {
        var step = charge.Step;
        switch (charge.State)
        {
            case ChargeState.Open:
                await SendAsync(new ChargeBilled { Step = step, BillingCode = charge.Bill!.Code, ExpiresAt = charge.ExpiresAt!.Value });
                break;
            case ChargeState.Settled or ChargeState.RefundDue:
                await TellSettledAsync(charge, await ledger.SettlementAsync(charge.SettlementId!.Value, cancellationToken), cancellationToken);
                break;
            case ChargeState.Lapsed:
                await SendAsync(new ChargeLapsed { Step = step });
                break;
            case ChargeState.Withdrawn:
                await SendAsync(new ChargeWithdrawn { Step = step });
                break;
        }

        Task SendAsync<T>(T message) where T : class => commands.SendAsync(Queues.Applications, message, cancellationToken);
    }

    public Task TellSettledAsync(Charge charge, Settlement settlement, CancellationToken cancellationToken) => commands.SendAsync(
        Queues.Applications,
        new ChargeSettled { Step = charge.Step, BillingCode = charge.Bill!.Code, AmountRupiah = charge.AmountRupiah!.Value, SettledAt = settlement.PaidAt },
        cancellationToken);
}
