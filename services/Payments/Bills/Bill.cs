namespace Mpp.Payments.Bills;

/// <summary>
/// Where a bill stands. <see cref="Paid"/> is final; what has lapsed or was withdrawn can still turn out to be paid,
/// when the bank took the money in time and tells of it late.
/// </summary>
internal enum BillState
{
    Open,
    Paid,

    /// <summary>Empty, and the last fee that left it was not paid in time.</summary>
    Lapsed,

    /// <summary>Empty, and the last fee that left it was withdrawn.</summary>
    Withdrawn,
}

/// <summary>
/// Everything that an application owes to one payee at one time, under one billing code. Paid as a whole or not at
/// all.
/// </summary>
internal sealed class Bill
{
    private readonly List<Fee> _fees = [];

    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required Guid ApplicationId { get; init; }

    /// <summary>Whose money it is: what goes to another treasury has a bill of its own.</summary>
    public required string Payee { get; init; }

    public BillState State { get; private set; }

    /// <summary>
    /// While it is open, the sum of its open fees; when it is paid, what was paid; otherwise what was due last.
    /// </summary>
    public long AmountRupiah { get; private set; }

    /// <summary>Until when it can be paid as it is: the earliest expiry of its open fees.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts up with every change that a reader of the bill sees.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<Fee> Fees => _fees;

    public Account Account { get; init; } = null!;

    public IEnumerable<Fee> Open() => _fees.Where(c => c.State is FeeState.Open);

    public static Bill New(Guid applicationId, string payee, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Code = BillingCode.New(),
            ApplicationId = applicationId,
            Payee = payee,
            CreatedAt = now
        };

    public void Add(Fee fee)
    {
        // The change tracker may have added it already.
        if (!_fees.Contains(fee))
        {
            _fees.Add(fee);
        }

        Recount(fee.State);
    }

    /// <summary>Takes a fee off unpaid.</summary>
    /// <param name="fee">An open fee of this bill.</param>
    /// <param name="into"><see cref="FeeState.Lapsed"/> or <see cref="FeeState.Withdrawn"/>.</param>
    /// <param name="now">The time.</param>
    public void TakeOff(Fee fee, FeeState into, DateTimeOffset now)
    {
        fee.State = into;
        fee.ClosedAt = now;
        Recount(into);
    }

    /// <summary>The money is there.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="fees">
    /// The fees that it pays: all that are open, and those that were on the bill when the bank took the money. A fee
    /// that was withdrawn meanwhile is to be paid back; for a fee that has lapsed the coordinator decides.
    /// </param>
    public void Pay(Payment payment, IReadOnlyList<Fee> fees)
    {
        foreach (var fee in fees)
        {
            var withdrawn = fee.State is FeeState.Withdrawn;
            fee.State = withdrawn ? FeeState.RefundDue : FeeState.Paid;
            fee.RefundDueAt = withdrawn ? payment.RecordedAt : null;
            fee.PaymentId = payment.Id;
            fee.ClosedAt = payment.RecordedAt;
        }

        (State, AmountRupiah) = (BillState.Paid, payment.AmountRupiah);
        Version++;
    }

    private void Recount(FeeState last)
    {
        Version++;
        if (Open().Any())
        {
            AmountRupiah = Open().Sum(c => c.AmountRupiah!.Value);
            ExpiresAt = Open().Min(c => c.ExpiresAt!.Value);
        }
        else
        {
            State = last is FeeState.Lapsed ? BillState.Lapsed : BillState.Withdrawn;
        }
    }
}
