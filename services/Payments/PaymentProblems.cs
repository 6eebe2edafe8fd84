namespace Mpp.Payments;

/// <summary>The kinds of problems that only payments have.</summary>
internal static class PaymentProblems
{
    /// <summary>
    /// No bill of this code, or none yet, or no billing code at all: the answer tells nothing about codes that somebody
    /// tries out.
    /// </summary>
    public static readonly ProblemCode UnknownBill = new("unknown-bill", 404, "There is no such bill");

    /// <summary>The bill is paid, with another reference.</summary>
    public static readonly ProblemCode BillPaid = new("bill-paid", 409, "The bill is paid already");

    /// <summary>The bill was not paid in time.</summary>
    public static readonly ProblemCode BillLapsed = new(
        "bill-lapsed", 409, "The bill was not paid in time and can no longer be paid");

    /// <summary>What the bill was for was withdrawn.</summary>
    public static readonly ProblemCode BillWithdrawn = new(
        "bill-withdrawn", 409, "The bill was withdrawn and can no longer be paid");

    /// <summary>The bank used its reference for another bill, or with another amount or time.</summary>
    public static readonly ProblemCode ReferenceReused = new(
        "payment-reference-reused", 409, "The reference was used for another payment");

    /// <summary>No refund of this id, or none for this caller.</summary>
    public static readonly ProblemCode UnknownRefund = new("unknown-refund", 404, "There is no such refund");

    /// <summary>The money was given back already.</summary>
    public static readonly ProblemCode PaidBack = new("refund-paid-back", 409, "The money was paid back already");

    /// <summary>The bill is not as the caller saw it (<c>If-Match</c>).</summary>
    public static readonly ProblemCode BillChanged = new("bill-changed", 412, "The bill has changed since it was read");
}
