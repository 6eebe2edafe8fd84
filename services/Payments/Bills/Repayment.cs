namespace Mpp.Payments.Bills;

/// <summary>The money of a fee that was given back. Only ever added; a fee has one at most.</summary>
internal sealed class Repayment
{
    public required Guid Id { get; init; }

    /// <summary>The reference of the transfer.</summary>
    public required string Reference { get; init; }

    public required long AmountRupiah { get; init; }

    /// <summary>When the money was given back.</summary>
    public required DateTimeOffset PaidBackAt { get; init; }

    /// <summary>Who recorded it: the client.</summary>
    public required string Client { get; init; }

    /// <summary>The person who recorded it, as the client or the authority names it, if the token says.</summary>
    public string? Subject { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
