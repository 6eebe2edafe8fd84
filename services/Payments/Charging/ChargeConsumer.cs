using MassTransit;
using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Payments;
using Mpp.Hosting.Clock;
using Mpp.Messaging;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Charging;

/// <summary>To itself, at a charge's expiry.</summary>
internal sealed record ChargeExpired(Guid ChargeId);

/// <summary>The queue <c>payments</c>: charges that become due, are withdrawn, or expire. Each message is a transaction under the account's lock.</summary>
internal sealed partial class ChargeConsumer(
    PaymentsDb database, Ledger ledger, Answers answers, ITimers timers, PaymentMeters meters, TimeProvider clock, ILogger<ChargeConsumer> logger) :
    IConsumer<ChargeFee>, IConsumer<WithdrawCharge>, IConsumer<ChargeExpired>
{
    /// <summary>The name of a charge's timer.</summary>
    public const string Expiry = "expiry";

    public async Task Consume(ConsumeContext<ChargeFee> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        Spans.Tag(message.Step);
        Spans.Tag(message.Step.ApplicationId, message.ApplicationNumber.Value);
        await ledger.LockAsync(message.Step.ApplicationId, message.ApplicationNumber.Value, message.Region.Value, cancellationToken);
        if (await ledger.FindAsync(message.Step, cancellationToken) is { } known)
        {
            if (known.AmountRupiah is { } amount && amount != message.AmountRupiah)
            {
                LogOtherAmount(logger, known.Id, message.ApplicationNumber.Value, message.Step.StepId);
            }

            await answers.TellAsync(known, cancellationToken);
            return;
        }

        await answers.TellAsync(await BillAsync(message, cancellationToken), cancellationToken);
    }

    public async Task Consume(ConsumeContext<WithdrawCharge> context)
    {
        var (step, cancellationToken) = (context.Message.Step, context.CancellationToken);
        Spans.Tag(step);
        await ledger.LockAsync(step.ApplicationId, number: null, region: null, cancellationToken);
        var (charge, now) = (await ledger.FindAsync(step, cancellationToken), clock.Now());
        switch (charge)
        {
            case null:
                // It came before its charge, which will find this and not be billed.
                charge = new Charge
                {
                    Id = Guid.CreateVersion7(now),
                    ApplicationId = step.ApplicationId,
                    StepId = step.StepId,
                    Attempt = step.Attempt,
                    State = ChargeState.Withdrawn,
                    CreatedAt = now,
                    ClosedAt = now,
                };
                ledger.Add(charge);
                break;
            case { State: ChargeState.Open }:
                await TakeOffAsync(charge, ChargeState.Withdrawn, now, cancellationToken);
                break;
            case { State: ChargeState.Settled }:
                charge.State = ChargeState.RefundDue;
                charge.RefundDueAt = now;
                meters.RefundDue(charge.AmountRupiah!.Value);
                break;
        }

        await answers.TellAsync(charge, cancellationToken);
    }

    /// <summary>That the timer fired is what counts, not the time: the clocks of two copies of the service differ a little.</summary>
    public async Task Consume(ConsumeContext<ChargeExpired> context)
    {
        var (id, cancellationToken) = (context.Message.ChargeId, context.CancellationToken);
        if (await database.Charges.Where(c => c.Id == id).Select(c => new { c.ApplicationId, c.StepId, c.Attempt }).SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return;
        }

        Spans.Tag(new(found.ApplicationId, found.StepId, found.Attempt));
        await ledger.LockAsync(found.ApplicationId, number: null, region: null, cancellationToken);
        if (await ledger.FindAsync(new(found.ApplicationId, found.StepId, found.Attempt), cancellationToken) is { State: ChargeState.Open } charge)
        {
            await TakeOffAsync(charge, ChargeState.Lapsed, clock.Now(), cancellationToken);
            await answers.TellAsync(charge, cancellationToken);
        }
    }

    private async Task<Charge> BillAsync(ChargeFee message, CancellationToken cancellationToken)
    {
        var (now, expiresAt) = (clock.Now(), message.ExpiresAt.Kept());
        var inTime = expiresAt > now;
        var bill = inTime ? await ledger.OpenBillAsync(message.Step.ApplicationId, cancellationToken) : null;
        if (inTime && bill is null)
        {
            bill = Bill.New(message.Step.ApplicationId, now);
            ledger.Add(bill);
            meters.Opened();
        }

        var charge = new Charge
        {
            Id = Guid.CreateVersion7(now),
            ApplicationId = message.Step.ApplicationId,
            StepId = message.Step.StepId,
            Attempt = message.Step.Attempt,
            BillId = bill?.Id,
            Bill = bill,
            AmountRupiah = message.AmountRupiah,
            Purpose = message.Purpose,
            ExpiresAt = expiresAt,
            State = inTime ? ChargeState.Open : ChargeState.Lapsed,
            CreatedAt = now,
            ClosedAt = inTime ? null : now,
        };
        ledger.Add(charge);
        if (bill is null)
        {
            meters.Lapsed();
            return charge;
        }

        bill.Add(charge);
        await timers.SetAsync(charge.Id, Expiry, expiresAt, Queues.Payments, new ChargeExpired(charge.Id), cancellationToken);
        return charge;
    }

    private async Task TakeOffAsync(Charge charge, ChargeState into, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bill = charge.Bill!;
        bill.TakeOff(charge, into, now);
        if (into is ChargeState.Lapsed)
        {
            meters.Lapsed();
        }
        else
        {
            await timers.DropAsync(charge.Id, Expiry, cancellationToken);
        }

        if (bill.State is not BillState.Open)
        {
            meters.Closed(bill.State);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Charge {Charge} of application {ApplicationNumber}, step {Step}, was asked for again with another amount; the first one stands.")]
    private static partial void LogOtherAmount(ILogger logger, Guid charge, string applicationNumber, string step);
}
