using Mpp.Messaging.Relay;

namespace Mpp.Messaging;

/// <summary>
/// Messages of this service that could not be sent: what an operator sees, and sends again once the cause is gone. No
/// service offers it over HTTP yet: that comes with the operators' console.
/// </summary>
public interface IDeadMessages
{
    /// <summary>
    /// The oldest first, those with a number above <paramref name="after"/> (0: from the start), at most
    /// <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<DeadMessage>> ListAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Puts them back into the outbox, and their attempts start again. The message ids stay the same, so receivers
    /// recognise what did arrive. Returns how many there were.
    /// </summary>
    Task<int> RedriveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}
