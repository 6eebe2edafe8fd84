namespace Mpp.Payments.Bills;

/// <summary>Where a bill stands. All but <see cref="Open"/> are final.</summary>
internal enum BillState
{
    Open,
    Settled,

    /// <summary>Empty, and the last that left it was not paid in time.</summary>
    Lapsed,

    /// <summary>Empty, and the last that left it was withdrawn.</summary>
    Withdrawn,
}

/// <summary>Everything that an application owes at one time, under one billing code. Paid as a whole or not at all.</summary>
internal sealed class Bill
{
    private readonly List<Charge> _charges = [];

    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required Guid ApplicationId { get; init; }

    public BillState State { get; private set; }

    /// <summary>While open the sum of its open charges; settled, what was paid; otherwise what was due last.</summary>
    public long AmountRupiah { get; private set; }

    /// <summary>Until when it can be paid as it is: the earliest expiry of its open charges.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts up with every change that a reader of the bill sees.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<Charge> Charges => _charges;

    public Account Account { get; init; } = null!;

    private IEnumerable<Charge> Open => _charges.Where(c => c.State is ChargeState.Open);

    public static Bill New(Guid applicationId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Code = BillingCode.New(), ApplicationId = applicationId, CreatedAt = now };

    public void Add(Charge charge)
    {
        // The change tracker may have been here before.
        if (!_charges.Contains(charge))
        {
            _charges.Add(charge);
        }

        Recount(charge.State);
    }

    /// <summary>Takes a charge off unpaid.</summary>
    /// <param name="charge">An open charge of this bill.</param>
    /// <param name="into"><see cref="ChargeState.Lapsed"/> or <see cref="ChargeState.Withdrawn"/>.</param>
    /// <param name="now">The time.</param>
    public void TakeOff(Charge charge, ChargeState into, DateTimeOffset now)
    {
        charge.State = into;
        charge.ClosedAt = now;
        Recount(into);
    }

    /// <summary>The money is there: all open charges are paid by it. The charges that it paid.</summary>
    public IReadOnlyList<Charge> Settle(Settlement settlement)
    {
        var paid = Open.ToList();
        foreach (var charge in paid)
        {
            charge.State = ChargeState.Settled;
            charge.SettlementId = settlement.Id;
            charge.ClosedAt = settlement.RecordedAt;
        }

        State = BillState.Settled;
        Version++;
        return paid;
    }

    private void Recount(ChargeState last)
    {
        Version++;
        if (Open.Any())
        {
            AmountRupiah = Open.Sum(c => c.AmountRupiah!.Value);
            ExpiresAt = Open.Min(c => c.ExpiresAt!.Value);
        }
        else
        {
            State = last is ChargeState.Lapsed ? BillState.Lapsed : BillState.Withdrawn;
        }
    }
}
