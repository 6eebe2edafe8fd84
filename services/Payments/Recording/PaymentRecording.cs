using Mpp.Hosting.Clock;
using Mpp.Hosting.Idempotency;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;
using Mpp.Payments.Fees;
using Mpp.Payments.Reading;
using Npgsql;

namespace Mpp.Payments.Recording;

/// <summary>
/// Records a payment in one transaction under the account's lock. Either the money is recorded and all fees of the bill
/// are paid by it, or nothing has happened.
/// </summary>
internal sealed class PaymentRecording(
    PaymentsDbContext database, BillAccess access, Ledger ledger, FeeReplies replies, PaymentMeters meters,
    IdempotentAnswers answers, TimeProvider time)
{
    public async Task<IResult> RecordAsync(
        string code, PaymentRequest request, string client, CallerRegion region, string? ifMatch, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (request.Faults(time.GetUtcNow()).ToList() is { Count: > 0 } faults)
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
        var (bill, paidAt) = (await ledger.BillAsync(found.Id, cancellationToken), request.PaidAt.Kept());
        if (await ledger.PaymentAsync(client, request.Reference, cancellationToken) is { } earlier)
        {
            return earlier.BillId == bill.Id && earlier.AmountRupiah == request.AmountRupiah && earlier.PaidAt == paidAt
                ? TypedResults.Ok(View(bill, earlier))
                : Problem.Of(PaymentProblems.ReferenceReused);
        }

        if (Refusal(bill, request.AmountRupiah, paidAt, ifMatch) is { } refusal)
        {
            return refusal;
        }

        var now = time.Now();
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            BillId = bill.Id,
            Client = client,
            Reference = request.Reference,
            AmountRupiah = request.AmountRupiah,
            PaidAt = paidAt,
            RecordedAt = now,
        };
        ledger.Add(payment);
        foreach (var fee in bill.Pay(payment))
        {
            await replies.TellPaidAsync(fee, payment, cancellationToken);
        }

        http.Response.Headers.ETag = BillView.Tag(bill);
        var answer = answers.Keep(http, TypedResults.Created($"/v1/bills/{bill.Code}", View(bill, payment)));
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault)
            when (fault.InnerException is PostgresException { ConstraintName: PaymentsDbContext.ReferenceKey })
        {
            // At the same moment the bank used the reference for a bill of another application, whose lock is another.
            return Problem.Of(PaymentProblems.ReferenceReused);
        }

        await transaction.CommitAsync(cancellationToken);
        meters.Paid(payment.AmountRupiah);
        meters.Closed(bill.State);
        return answer;
    }

    private static Problem? Refusal(Bill bill, long amount, DateTimeOffset paidAt, string? ifMatch) => bill switch
    {
        { State: BillState.Paid } => Problem.Of(
            PaymentProblems.BillPaid, "It was paid under another reference; the money must not be taken again."),
        { State: BillState.Lapsed } => Problem.Of(PaymentProblems.BillLapsed),
        { State: BillState.Withdrawn } => Problem.Of(PaymentProblems.BillWithdrawn),
        _ when ifMatch is not null && !BillView.Matches(ifMatch, bill) =>
            Problem.Of(PaymentProblems.BillChanged, "Read the bill again."),
        // Banks send whole seconds: the second in which the bill was made is good.
        _ when paidAt < bill.CreatedAt.AddTicks(-(bill.CreatedAt.Ticks % TimeSpan.TicksPerSecond)) =>
            Problem.Invalid("/paidAt", "before-the-bill", "The time lies before the bill was made."),
        _ when paidAt > bill.ExpiresAt =>
            Problem.Of(PaymentProblems.BillLapsed, "The money was taken after the bill's expiry."),
        _ when amount != bill.AmountRupiah =>
            Problem.Invalid("/amountRupiah", "wrong-amount", $"{bill.AmountRupiah} rupiah are due."),
        _ => null,
    };

    private static PaymentView View(Bill bill, Payment payment) =>
        new(bill.Code, payment.AmountRupiah, payment.Reference, payment.PaidAt, payment.RecordedAt);
}
