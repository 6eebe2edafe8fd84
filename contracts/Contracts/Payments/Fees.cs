using Mpp.Contracts.Steps;

namespace Mpp.Contracts.Payments;

/// <summary>
/// Coordinator → queue <c>payments</c>: a step's fee is due. All open fees of an application that one payee gets stand
/// on one bill. A repeated message changes nothing and is answered again.
/// </summary>
public sealed record BillFee
{
    /// <summary>The step and attempt that the fee is for: the identity of the fee.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The application's number, for people.</summary>
    public required ApplicationNumber ApplicationNumber { get; init; }

    /// <summary>The region that the application belongs to.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>In whole rupiah, more than 0.</summary>
    public required long AmountRupiah { get; init; }

    /// <summary>What the fee is for and where it is set.</summary>
    public required string Purpose { get; init; }

    /// <summary>Whose money it is, kebab-case.</summary>
    public string Payee { get; init; } = Payees.StateTreasury;

    /// <summary>Until when it can be paid.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>
/// Coordinator → queue <c>payments</c>: the fee is no longer due, because what it is for will not be done. If it was
/// paid, it must be paid back. A repeated message changes nothing and is answered again.
/// </summary>
public sealed record WithdrawFee
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }
}

/// <summary>Payments → coordinator: the fee stands on a bill.</summary>
public sealed record FeeBilled
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The code to pay with; the same for all fees of one payee that are open together.</summary>
    public required string BillingCode { get; init; }

    /// <summary>Until when the bank takes the payment.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>
/// Payments → coordinator, and on to the agency that asked for the fee: it is paid. Final. The agency goes on with the
/// step, and its clock runs again.
/// </summary>
public sealed record FeePaid
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The code it was paid with.</summary>
    public required string BillingCode { get; init; }

    /// <summary>What was paid for this fee, in whole rupiah: the amount that the agency asked for.</summary>
    public required long AmountRupiah { get; init; }

    /// <summary>When the bank took the money.</summary>
    public required DateTimeOffset PaidAt { get; init; }
}

/// <summary>
/// Payments → coordinator: the fee was not paid in time, and can no longer be paid. <see cref="FeePaid"/> can follow
/// all the same, when the bank took the money in time and tells of it late.
/// </summary>
public sealed record FeeLapsed
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }
}

/// <summary>
/// Payments → coordinator: the fee was taken off its bill before it was known to be paid. <see cref="FeePaid"/> can
/// follow, as after <see cref="FeeLapsed"/>.
/// </summary>
public sealed record FeeWithdrawn
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }
}

/// <summary>Payments → coordinator: the money for a fee that was no longer due is paid back. Final.</summary>
public sealed record FeePaidBack
{
    /// <summary>The fee.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The code it was paid with.</summary>
    public required string BillingCode { get; init; }

    /// <summary>What was paid back, in whole rupiah: what was paid for this fee.</summary>
    public required long AmountRupiah { get; init; }

    /// <summary>The reference of the transfer.</summary>
    public required string Reference { get; init; }

    /// <summary>When the money was given back.</summary>
    public required DateTimeOffset PaidBackAt { get; init; }
}
