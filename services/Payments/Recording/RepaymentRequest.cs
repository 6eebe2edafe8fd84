using Mpp.Hosting.Description;
using Mpp.Payments.Bills;

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
    DateTimeOffset PaidBackAt);
