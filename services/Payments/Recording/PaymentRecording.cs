using Mpp.Hosting.Clock;
using Mpp.Hosting.Http;
using Mpp.Hosting.Idempotency;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;
using Mpp.Payments.Fees;
using Mpp.Payments.Reading;
using Npgsql;

namespace Mpp.Payments.Recording;

/// <summary>
/// Records a payment in one transaction under the account's lock. Either the money is recorded and all fees of the bill
/// are paid by it, or nothing has happened. The moment at which the bank took the money counts: a bank that could not
/// report it in time has taken it all the same.
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

        var (fees, refusal) = Judge(bill, request.AmountRupiah, paidAt, ifMatch);
        if (refusal is not null)
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
        bill.Pay(payment, fees);
        foreach (var fee in fees)
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
            // At the same moment the bank used the reference for a bill of another application, which has another lock.
            return Problem.Of(PaymentProblems.ReferenceReused);
        }

        await transaction.CommitAsync(cancellationToken);
        meters.Paid(payment.AmountRupiah);
        meters.Closed(bill.State);
        foreach (var fee in fees.Where(f => f.State is FeeState.RefundDue))
        {
            meters.RefundDue(fee.AmountRupiah!.Value);
        }

        return answer;
    }

    /// <summary>The fees that the money is for, or why it is for none.</summary>
    private static (IReadOnlyList<Fee> Fees, Problem? Refusal) Judge(
        Bill bill, long amount, DateTimeOffset paidAt, string? ifMatch)
    {
        if (Refusal(bill, paidAt, ifMatch) is { } refusal)
        {
            return ([], refusal);
        }

        List<Fee> open = [.. bill.Open()];
        // The fees of the bill as it is, or as it was when the bank took the money: a fee may have lapsed or been
        // withdrawn since.
        var ways = new[] { paidAt <= bill.ExpiresAt ? open : [], [.. bill.Fees.Where(fee => fee.WasPayableAt(paidAt))] }
            .Where(fees => fees.Count > 0 && open.TrueForAll(fees.Contains)).ToList();
        if (ways.Find(fees => Sum(fees) == amount) is { } paid)
        {
            return (paid, null);
        }

        return ([], ways is [var due, ..]
            ? Problem.Invalid("/amountRupiah", ErrorCodes.WrongAmount, $"{Sum(due)} rupiah are due.")
            : bill.State is BillState.Withdrawn ? Problem.Of(PaymentProblems.BillWithdrawn)
            : Problem.Of(PaymentProblems.BillLapsed, "The money was taken after the bill's expiry."));
    }

    private static Problem? Refusal(Bill bill, DateTimeOffset paidAt, string? ifMatch) => bill switch
    {
        { State: BillState.Paid } => Problem.Of(
            PaymentProblems.BillPaid, "It was paid under another reference; the money must not be taken again."),
        _ when ifMatch is not null && !StateTag.Names(ifMatch, tag => tag == BillView.Tag(bill)) =>
            Problem.Of(PaymentProblems.BillChanged, "Read the bill again."),
        // Banks send whole seconds: the second in which the bill was made is good.
        _ when paidAt < bill.CreatedAt.AddTicks(-(bill.CreatedAt.Ticks % TimeSpan.TicksPerSecond)) =>
            Problem.Invalid("/paidAt", ErrorCodes.BeforeTheBill, "The time lies before the bill was made."),
        _ => null,
    };

    private static long Sum(List<Fee> fees) => fees.Sum(fee => fee.AmountRupiah!.Value);

    private static PaymentView View(Bill bill, Payment payment) =>
        new(bill.Code, payment.AmountRupiah, payment.Reference, payment.PaidAt, payment.RecordedAt);
}
