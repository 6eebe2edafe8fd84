using Mpp.Contracts.Steps;

namespace Mpp.Payments.Bills;

/// <summary>
/// Where a fee stands. Money that the bank took in time and reports late brings a fee back from <see cref="Lapsed"/> or
/// <see cref="Withdrawn"/>; <see cref="PaidBack"/> is final.
/// </summary>
internal enum FeeState
{
    Open,
    Paid,

    /// <summary>Paid for what is not done: somebody must give the money back.</summary>
    RefundDue,

    /// <summary>The money was given back.</summary>
    PaidBack,
    Lapsed,
    Withdrawn,
}

/// <summary>
/// The fee of one step's attempt. The row of a fee that was withdrawn before it came has no bill, no amount and no
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

    /// <summary>How it was paid back.</summary>
    public Guid? RepaymentId { get; set; }

    public Bill? Bill { get; init; }

    public StepRef Step => new(ApplicationId, StepId, Attempt);

    /// <summary>
    /// Whether it could be paid at that moment, if it was not paid already: it was on its bill and had not expired.
    /// Banks send whole seconds, so the whole second in which it was made counts.
    /// </summary>
    public bool WasPayableAt(DateTimeOffset moment)
    {
        var made = CreatedAt.AddTicks(-(CreatedAt.Ticks % TimeSpan.TicksPerSecond));
        var closed = ClosedAt <= moment;
        return made <= moment && moment <= ExpiresAt && !closed;
    }
}
