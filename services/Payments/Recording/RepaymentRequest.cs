using Mpp.Hosting.Description;
using Mpp.Payments.Bills;
using Mpp.Payments.Reading;

namespace Mpp.Payments.Recording;

/// <summary>The money of a refund has been given back.</summary>
/// <param name="AmountRupiah">In whole rupiah: what is due, neither more nor less.</param>
/// <param name="Reference">The transfer's reference: 1 to 64 letters, digits and the characters - . _ / and :. One
/// transfer may give back several refunds.</param>
/// <param name="PaidBackAt">When the money was given back, with the offset from UTC
/// (RFC 3339): <c>2026-11-22T10:00:00+08:00</c>.</param>
internal sealed record RepaymentRequest(
    long AmountRupiah,
    [TextForm(PaymentText.LongestReference, PaymentText.ReferenceForm)] string Reference,
    DateTimeOffset PaidBackAt)
{
    /// <summary>What is wrong with it whatever the refund is.</summary>
    /// <param name="now">The time.</param>
    public IEnumerable<FieldError> Faults(DateTimeOffset now)
    {
        if (ReportedTime.Fault("/paidBackAt", PaidBackAt, now) is { } time)
        {
            yield return time;
        }

        if (!PaymentText.Reference().IsMatch(Reference))
        {
            yield return PaymentText.ReferenceFault;
        }
    }

    /// <summary>What is wrong with it for a refund.</summary>
    /// <param name="refund">The refund.</param>
    public IEnumerable<FieldError> Faults(RefundItem refund)
    {
        if (AmountRupiah != refund.AmountRupiah)
        {
            yield return new FieldError(
                "/amountRupiah", ErrorCodes.WrongAmount, $"{refund.AmountRupiah} rupiah are due.");
        }

        if (PaidBackAt < refund.PaidAt)
        {
            yield return new FieldError(
                "/paidBackAt", ErrorCodes.BeforeThePayment, "The time lies before the payment.");
        }
    }
}
