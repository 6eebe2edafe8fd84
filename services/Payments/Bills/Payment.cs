namespace Mpp.Payments.Bills;

/// <summary>The money for a bill, as the bank reported it. Only ever added; a bill has one at most.</summary>
internal sealed class Payment
{
    public required Guid Id { get; init; }

    public required Guid BillId { get; init; }

    /// <summary>The bank: the client that reported it.</summary>
    public required string Client { get; init; }

    /// <summary>The bank's own name for it, unique among this bank's payments.</summary>
    public required string Reference { get; init; }

    public required long AmountRupiah { get; init; }

    /// <summary>When the bank took the money, by its own clock.</summary>
    public required DateTimeOffset PaidAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
