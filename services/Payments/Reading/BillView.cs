using System.Globalization;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Reading;

/// <summary>A bill. It says what is paid for, and nothing about who pays.</summary>
/// <param name="BillingCode">15 digits.</param>
/// <param name="Payee">Whose money it is, for example <c>state-treasury</c>.</param>
/// <param name="State"><c>open</c>, <c>paid</c>, <c>lapsed</c> or <c>withdrawn</c>; only an open bill
/// can be paid.</param>
/// <param name="AmountRupiah">In whole rupiah: while open what is due, paid what was paid, otherwise what
/// was due last.</param>
/// <param name="ExpiresAt">Until when it can be paid as it is. A line that expires leaves the bill, and
/// the rest stays.</param>
/// <param name="CreatedAt">When it was made; a later fee joins it while it is open.</param>
/// <param name="Lines">What it is for.</param>
internal sealed record BillView(
    string BillingCode, string Payee, BillState State, long AmountRupiah, DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt, IReadOnlyList<BillLine> Lines)
{
    public static BillView Of(Bill bill) => new(
        bill.Code, bill.Payee, bill.State, bill.AmountRupiah, bill.ExpiresAt, bill.CreatedAt,
        [.. bill.Fees.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(BillLine.Of)]);

    public static string Tag(Bill bill) => string.Create(CultureInfo.InvariantCulture, $"\"{bill.Version}\"");
}

/// <summary>A line of a bill.</summary>
/// <param name="Purpose">What the fee is for, and where it is set.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="State">Only <c>open</c> and <c>paid</c> lines count in the bill's amount.</param>
/// <param name="ExpiresAt">Until when this line can be paid.</param>
internal sealed record BillLine(string Purpose, long AmountRupiah, BillState State, DateTimeOffset ExpiresAt)
{
    public static BillLine Of(Fee fee) => new(fee.Purpose!, fee.AmountRupiah!.Value, fee.State switch
    {
        FeeState.Open => BillState.Open,
        // Money to pay back is between the agency and the citizen; for the bank the line is paid.
        FeeState.Paid or FeeState.RefundDue or FeeState.PaidBack => BillState.Paid,
        FeeState.Lapsed => BillState.Lapsed,
        _ => BillState.Withdrawn,
    }, fee.ExpiresAt!.Value);
}
