using Mpp.Hosting.Description;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Reading;

/// <summary>A fee that was paid for what is not done.</summary>
/// <param name="Id">Names it.</param>
/// <param name="ApplicationNumber">The application.</param>
/// <param name="Step">The step's id in the package.</param>
/// <param name="Attempt">The step's attempt.</param>
/// <param name="Purpose">What the fee was for.</param>
/// <param name="AmountRupiah">What is to be given back, in whole rupiah. The payment may have paid for
/// more than this.</param>
/// <param name="BillingCode">The bill that it was paid with.</param>
/// <param name="Bank">The client that reported the payment.</param>
/// <param name="Reference">The bank's own reference of the payment.</param>
/// <param name="PaidAt">When the bank took the money.</param>
/// <param name="DueSince">Since when it is to be given back.</param>
/// <param name="Repayment">How it was given back, once it was.</param>
internal sealed record RefundItem(
    Guid Id, string ApplicationNumber, string Step, int Attempt, string Purpose, long AmountRupiah,
    string BillingCode, string Bank,
    [TextForm(PaymentText.LongestReference, PaymentText.ReferenceForm)] string Reference,
    DateTimeOffset PaidAt, DateTimeOffset DueSince,
    RepaymentView? Repayment = null);

/// <summary>Money that was given back, as it is recorded.</summary>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="Reference">The transfer's reference.</param>
/// <param name="PaidBackAt">When the money was given back.</param>
/// <param name="RecordedBy">The client that recorded it.</param>
/// <param name="Subject">The person who did, in that client's terms, where its token says.</param>
/// <param name="RecordedAt">When it was recorded here.</param>
internal sealed record RepaymentView(
    long AmountRupiah,
    [TextForm(PaymentText.LongestReference, PaymentText.ReferenceForm)] string Reference,
    DateTimeOffset PaidBackAt, string RecordedBy, string? Subject,
    DateTimeOffset RecordedAt)
{
    public static RepaymentView Of(Repayment repayment) => new(
        repayment.AmountRupiah, repayment.Reference, repayment.PaidBackAt, repayment.Client, repayment.Subject,
        repayment.RecordedAt);
}
