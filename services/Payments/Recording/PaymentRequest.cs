using System.ComponentModel.DataAnnotations;
using Mpp.Hosting.Description;
using Mpp.Hosting.OpenApi;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Recording;

/// <summary>The bank has taken the money for a bill.</summary>
/// <param name="AmountRupiah">In whole rupiah: what is due, neither more nor less.</param>
/// <param name="Reference">The bank's own unique reference: 1 to 64 letters, digits and the characters - . _ / and :.
/// Sent again, it pays nothing again.</param>
/// <param name="PaidAt">When the bank took the money, with the offset from UTC
/// (RFC 3339): <c>2026-11-22T10:00:00+08:00</c>.</param>
internal sealed record PaymentRequest(
    [Range(1, Described.Safe)] long AmountRupiah,
    [TextForm(PaymentText.LongestReference, PaymentText.ReferenceForm)] string Reference,
    DateTimeOffset PaidAt)
{
    /// <summary>What is wrong with it whatever the bill is.</summary>
    /// <param name="now">The time.</param>
    public IEnumerable<FieldError> Faults(DateTimeOffset now)
    {
        if (ReportedTime.Fault("/paidAt", PaidAt, now) is { } time)
        {
            yield return time;
        }

        if (AmountRupiah <= 0)
        {
            yield return new FieldError("/amountRupiah", ErrorCodes.TooSmall, "At least 1 is expected.");
        }

        if (!PaymentText.Reference().IsMatch(Reference))
        {
            yield return PaymentText.ReferenceFault;
        }
    }
}

/// <summary>The money for a bill, as it is recorded.</summary>
/// <param name="BillingCode">The bill that is paid by it.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="Reference">The bank's own reference.</param>
/// <param name="PaidAt">When the bank took the money.</param>
/// <param name="RecordedAt">When it was recorded here.</param>
internal sealed record PaymentView(
    string BillingCode, long AmountRupiah,
    [TextForm(PaymentText.LongestReference, PaymentText.ReferenceForm)] string Reference,
    DateTimeOffset PaidAt,
    DateTimeOffset RecordedAt);
