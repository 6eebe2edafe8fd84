namespace Mpp.Payments.Bills;

/// <summary>
/// What an application owes and has paid. Its row is the one lock of the service: whoever adds, withdraws, pays or lets
/// lapse holds it, so all that concerns the money of an application happens one after the other, and no two locks are
/// ever held at once.
/// </summary>
internal sealed class Account
{
    public required Guid ApplicationId { get; init; }

    /// <summary>For people; <see langword="null"/> while all that is known is a withdrawal.</summary>
    public string? ApplicationNumber { get; init; }

    /// <summary>As <see cref="ApplicationNumber"/>; whose operators may see it.</summary>
    public string? Region { get; init; }
}
