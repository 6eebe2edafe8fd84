namespace Mpp.Messaging.Broker;

/// <summary>What the pipeline must know of the service's queues.</summary>
internal sealed class QueueTable(MessagingConfigurator configurator)
{
    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>();

    private readonly HashSet<string> _claimFirst =
        [.. configurator.Queues.Where(queue => queue.Value.ClaimFirst).Select(queue => queue.Key)];

    public bool ClaimsFirst(string queue) => _claimFirst.Contains(queue);

    /// <summary>Who may send a message; <see langword="null"/>: every user.</summary>
    public IReadOnlySet<string>? SendersOf(string queue, Type message) =>
        configurator.Queues.TryGetValue(queue, out var known) && known.Senders.TryGetValue(message, out var senders)
            ? senders
            : Nobody;
}
