using MassTransit;
using Mpp.Contracts.Payments;
using Mpp.Hosting.Clock;
using Mpp.Messaging;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Fees;

/// <summary>The service's message to itself, at a fee's expiry.</summary>
internal sealed record FeeExpired(Guid FeeId);

/// <summary>
/// The queue <c>payments</c>: fees that become due, are withdrawn, or expire. Each message is a transaction under the
/// account's lock.
/// </summary>
internal sealed partial class FeeConsumer(
    Ledger ledger, FeeReplies replies, ITimers timers, PaymentMeters meters, IAfterCommit afterCommit,
    TimeProvider time, ILogger<FeeConsumer> logger) :
    IConsumer<BillFee>, IConsumer<WithdrawFee>, IConsumer<FeeExpired>
{
    public async Task Consume(ConsumeContext<BillFee> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        Spans.Tag(message.Step);
        await ledger.LockAsync(
            message.Step.ApplicationId, message.ApplicationNumber.Value, message.Region.Value, cancellationToken);
        if (await ledger.FindAsync(message.Step, cancellationToken) is { } known)
        {
            if (known.AmountRupiah is { } amount && amount != message.AmountRupiah)
            {
                LogOtherAmount(logger, known.Id, message.ApplicationNumber.Value, message.Step.StepId);
            }

            await replies.TellAsync(known, cancellationToken);
            return;
        }

        await replies.TellAsync(await BillAsync(message, cancellationToken), cancellationToken);
    }

    public async Task Consume(ConsumeContext<WithdrawFee> context)
    {
        var (step, cancellationToken) = (context.Message.Step, context.CancellationToken);
        Spans.Tag(step);
        await ledger.LockAsync(step.ApplicationId, number: null, region: null, cancellationToken);
        var (fee, now) = (await ledger.FindAsync(step, cancellationToken), time.Now());
        switch (fee)
        {
            case null:
                // The withdrawal came before its fee. The fee will find this row and not be billed.
                fee = new Fee
                {
                    Id = Guid.CreateVersion7(now),
                    ApplicationId = step.ApplicationId,
                    StepId = step.StepId,
                    Attempt = step.Attempt,
                    State = FeeState.Withdrawn,
                    CreatedAt = now,
                    ClosedAt = now,
                };
                ledger.Add(fee);
                break;
            case { State: FeeState.Open }:
                await TakeOffAsync(fee, FeeState.Withdrawn, now, cancellationToken);
                break;
            case { State: FeeState.Paid }:
                fee.State = FeeState.RefundDue;
                fee.RefundDueAt = now;
                afterCommit.Do(() => meters.RefundDue(fee.AmountRupiah!.Value));
                break;
        }

        await replies.TellAsync(fee, cancellationToken);
    }

    /// <summary>
    /// The fee has expired because the timer fired, whatever the time is: the clocks of two copies of the service
    /// differ a little.
    /// </summary>
    public async Task Consume(ConsumeContext<FeeExpired> context)
    {
        var (id, cancellationToken) = (context.Message.FeeId, context.CancellationToken);
        if (await ledger.StepOfAsync(id, cancellationToken) is not { } step)
        {
            return;
        }

        Spans.Tag(step);
        await ledger.LockAsync(step.ApplicationId, number: null, region: null, cancellationToken);
        if (await ledger.FindAsync(step, cancellationToken) is { State: FeeState.Open } fee)
        {
            await TakeOffAsync(fee, FeeState.Lapsed, time.Now(), cancellationToken);
            await replies.TellAsync(fee, cancellationToken);
        }
    }

    private async Task<Fee> BillAsync(BillFee message, CancellationToken cancellationToken)
    {
        var (now, expiresAt) = (time.Now(), message.ExpiresAt.Kept());
        var inTime = expiresAt > now;
        var bill = inTime
            ? await ledger.OpenBillAsync(message.Step.ApplicationId, message.Payee, cancellationToken)
            : null;
        if (inTime && bill is null)
        {
            bill = Bill.New(message.Step.ApplicationId, message.Payee, now);
            ledger.Add(bill);
            afterCommit.Do(meters.Opened);
        }

        var fee = new Fee
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
            State = inTime ? FeeState.Open : FeeState.Lapsed,
            CreatedAt = now,
            ClosedAt = inTime ? null : now,
        };
        ledger.Add(fee);
        if (bill is null)
        {
            afterCommit.Do(meters.Lapsed);
            return fee;
        }

        bill.Add(fee);
        await timers.SetAsync(
            fee.Id, FeeReplies.Expiry, expiresAt, Queues.Payments, new FeeExpired(fee.Id), cancellationToken);
        return fee;
    }

    private async Task TakeOffAsync(Fee fee, FeeState into, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bill = fee.Bill!;
        bill.TakeOff(fee, into, now);
        if (into is FeeState.Lapsed)
        {
            afterCommit.Do(meters.Lapsed);
        }
        else
        {
            await timers.DropAsync(fee.Id, FeeReplies.Expiry, cancellationToken);
        }

        if (bill.State is var closed and not BillState.Open)
        {
            afterCommit.Do(() => meters.Closed(closed));
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Fee {Fee} of application {ApplicationNumber}, "
        + "step {Step}, was asked for again with another amount; the first one stands.")]
    private static partial void LogOtherAmount(ILogger logger, Guid fee, string applicationNumber, string step);
}
