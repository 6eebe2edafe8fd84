using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Problems;
using Mpp.Messaging;
using Mpp.Payments.Bills;
using Mpp.Payments.Charging;
using Mpp.Payments.Data;
using Mpp.Payments.Reading;
using Npgsql;

namespace Mpp.Payments.Settling;

/// <summary>
/// <c>POST /v1/payments/{code}/settlements</c>: one transaction under the account's lock. Either the money is recorded and all charges of the
/// bill are paid by it, or nothing has happened.
/// </summary>
internal sealed class SettleBill(PaymentsDb database, BillAccess access, Ledger ledger, Answers answers, ITimers timers, PaymentMeters meters, TimeProvider clock)
{
    /// <summary>How far the bank's clock may be ahead.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    public static async Task<IResult> Handle(
        string code, SettlementRequest request, ClaimsPrincipal caller, CallerRegion region, HttpContext http, SettleBill settling, PaymentMeters meters,
        [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancellationToken)
    {
        var result = await settling.HandleAsync(code, request, caller.ClientId() ?? "", region, ifMatch, http, cancellationToken);
        if (result is Problem problem)
        {
            meters.Refused(problem.Code.Code);
        }

        return result;
    }

    private async Task<IResult> HandleAsync(
        string code, SettlementRequest request, string client, CallerRegion region, string? ifMatch, HttpContext http, CancellationToken cancellationToken)
    {
        if (request.Faults().ToList() is { Count: > 0 } faults)
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults);
        }

        if (await access.FindAsync(code, region, cancellationToken) is not { } found)
        {
            return Problem.Of(PaymentProblems.UnknownBill);
        }

        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await ledger.LockAsync(found.ApplicationId, number: null, region: null, cancellationToken);
        var (bill, paidAt) = (await ledger.BillAsync(found.Id, cancellationToken), request.PaidAtMoment()!.Value);
        if (await ledger.SettlementAsync(client, request.Reference, cancellationToken) is { } earlier)
        {
            return earlier.BillId == bill.Id && earlier.AmountRupiah == request.AmountRupiah && earlier.PaidAt == paidAt
                ? TypedResults.Ok(View(bill, earlier))
                : Problem.Of(PaymentProblems.ReferenceReused);
        }

        if (Refusal(bill, request.AmountRupiah, paidAt, ifMatch) is { } refusal)
        {
            return refusal;
        }

        var now = clock.Now();
        var settlement = new Settlement
        {
            Id = Guid.CreateVersion7(now),
            BillId = bill.Id,
            Client = client,
            Reference = request.Reference,
            AmountRupiah = request.AmountRupiah,
            PaidAt = paidAt,
            RecordedAt = now,
        };
        ledger.Add(settlement);
        foreach (var charge in bill.Settle(settlement))
        {
            await timers.DropAsync(charge.Id, ChargeConsumer.Expiry, cancellationToken);
            await answers.TellSettledAsync(charge, settlement, cancellationToken);
        }

        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { ConstraintName: PaymentsDb.ReferenceKey })
        {
            // At the same moment the bank used the reference for a bill of another application, whose lock is another.
            return Problem.Of(PaymentProblems.ReferenceReused);
        }

        await transaction.CommitAsync(cancellationToken);
        meters.Settled(settlement.AmountRupiah);
        meters.Closed(bill.State);
        http.Response.Headers.ETag = BillView.Tag(bill);
        return TypedResults.Created($"/v1/payments/{bill.Code}", View(bill, settlement));
    }

    private Problem? Refusal(Bill bill, long amount, DateTimeOffset paidAt, string? ifMatch) => bill switch
    {
        { State: BillState.Settled } => Problem.Of(PaymentProblems.BillSettled, "It was paid under another reference; the money must not be taken again."),
        { State: BillState.Lapsed } => Problem.Of(PaymentProblems.BillLapsed),
        { State: BillState.Withdrawn } => Problem.Of(PaymentProblems.BillWithdrawn),
        _ when ifMatch is not null && !BillView.Matches(ifMatch, bill) => Problem.Of(PaymentProblems.BillChanged, "Read the bill again."),
        _ when paidAt > clock.GetUtcNow() + ClockDifference => Problem.Invalid("/paidAt", "in-the-future", "The time lies in the future."),
        // Banks send whole seconds: the second in which the bill was made is good.
        _ when paidAt < bill.CreatedAt.AddTicks(-(bill.CreatedAt.Ticks % TimeSpan.TicksPerSecond)) =>
            Problem.Invalid("/paidAt", "before-the-bill", "The time lies before the bill was made."),
        _ when paidAt > bill.ExpiresAt => Problem.Of(PaymentProblems.BillLapsed, "The money was taken after the bill's expiry."),
        _ when amount != bill.AmountRupiah => Problem.Invalid("/amountRupiah", "wrong-amount", $"{bill.AmountRupiah} rupiah are due."),
        _ => null,
    };

    private static SettlementView View(Bill bill, Settlement settlement) =>
        new(bill.Code, settlement.AmountRupiah, settlement.Reference, settlement.PaidAt, settlement.RecordedAt);
}
