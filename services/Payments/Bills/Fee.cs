using Mpp.Contracts.Steps;

namespace Mpp.Payments.Bills;

/// <summary>Where a fee stands. All but <see cref="Open"/> and <see cref="Paid"/> are final.</summary>
internal enum FeeState
{
    Open,
    Paid,

    /// <summary>Paid, and then its step was withdrawn: somebody must give the money back.</summary>
    RefundDue,
    Lapsed,
    Withdrawn,
}

/// <summary>
/// The fee of one step's attempt. The row of one that was withdrawn before it came has no bill, no amount and no
/// purpose.
/// </summary>
internal sealed class Fee
{
    public required Guid Id { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }

    public required int Attempt { get; init; }

    /// <summary><see langword="null"/> for a fee that came too late to be billed, or after its withdrawal.</summary>
    public Guid? BillId { get; init; }

    public long? AmountRupiah { get; init; }

    public string? Purpose { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required FeeState State { get; set; }

    /// <summary>The payment that paid it.</summary>
    public Guid? PaymentId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it left <see cref="FeeState.Open"/>.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? RefundDueAt { get; set; }

    public Bill? Bill { get; init; }

    public StepRef Step => new(ApplicationId, StepId, Attempt);
}
