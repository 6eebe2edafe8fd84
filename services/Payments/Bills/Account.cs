namespace Mpp.Payments.Bills;

/// <summary>
/// What an application owes and has paid. Its row is the one lock of the service: whoever adds, withdraws or pays a
/// fee, or lets it lapse, holds this lock. So everything about the money of one application happens one after the
/// other, and nobody ever holds two locks at once.
/// </summary>
internal sealed class Account
{
    public required Guid ApplicationId { get; init; }

    /// <summary>For people; <see langword="null"/> while only a withdrawal is known.</summary>
    public string? ApplicationNumber { get; init; }

    /// <summary>
    /// The region whose operators may see it; <see langword="null"/> as <see cref="ApplicationNumber"/>.
    /// </summary>
    public string? Region { get; init; }
}
