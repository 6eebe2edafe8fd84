using System.Globalization;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Idempotency;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;
using Mpp.Payments.Fees;
using Mpp.Payments.Reading;

namespace Mpp.Payments.Recording;

/// <summary>
/// Records that the money of a refund was given back, once, in one transaction under the account's lock. Whoever comes
/// second with another transfer is told of the first one, so that nobody is paid back twice.
/// </summary>
internal sealed class RepaymentRecording(
    PaymentsDbContext database, RefundAccess access, Ledger ledger, FeeReplies replies, PaymentMeters meters,
    IdempotentAnswers answers, TimeProvider time)
{
    public async Task<IResult> RecordAsync(
        Guid id, RepaymentRequest request, string client, string? subject, CallerRegion region, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (request.Faults(time.GetUtcNow()).ToList() is { Count: > 0 } faults)
        {
            return Refuse(faults);
        }

        if (await access.FindAsync(id, region, cancellationToken) is not { } refund
            || await ledger.StepOfAsync(id, cancellationToken) is not { } step)
        {
            return Problem.Of(PaymentProblems.UnknownRefund);
        }

        if (request.Faults(refund).ToList() is { Count: > 0 } others)
        {
            return Refuse(others);
        }

        var paidBackAt = request.PaidBackAt.Kept();

        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await ledger.LockAsync(step.ApplicationId, number: null, region: null, cancellationToken);
        var fee = await ledger.FindAsync(step, cancellationToken)
            ?? throw new InvalidOperationException("A fee cannot vanish.");
        if (fee.RepaymentId is { } done)
        {
            var first = await ledger.RepaymentAsync(done, cancellationToken);
            return first.Client == client && first.Reference == request.Reference && first.PaidBackAt == paidBackAt
                ? TypedResults.Ok(refund with { Repayment = RepaymentView.Of(first) })
                : Problem.Of(PaymentProblems.PaidBack, string.Create(CultureInfo.InvariantCulture,
                    $"{first.Client} has recorded at {first.RecordedAt:O} that {first.AmountRupiah} rupiah "
                    + $"were given back at {first.PaidBackAt:O} under the reference {first.Reference}."));
        }

        var now = time.Now();
        var repayment = new Repayment
        {
            Id = Guid.CreateVersion7(now),
            Reference = request.Reference,
            AmountRupiah = request.AmountRupiah,
            PaidBackAt = paidBackAt,
            Client = client,
            Subject = subject,
            RecordedAt = now,
        };
        ledger.Add(repayment);
        (fee.State, fee.RepaymentId) = (FeeState.PaidBack, repayment.Id);
        await replies.TellPaidBackAsync(fee, repayment, cancellationToken);
        var answer = answers.Keep(http, TypedResults.Created(
            $"/v1/refunds/{id}", refund with { Repayment = RepaymentView.Of(repayment) }));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        meters.PaidBack(repayment.AmountRupiah);
        return answer;
    }

    private static Problem Refuse(IReadOnlyList<FieldError> faults) =>
        Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults);
}
