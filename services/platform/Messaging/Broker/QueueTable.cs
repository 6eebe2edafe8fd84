namespace Mpp.Messaging.Broker;

/// <summary>What the pipeline must know of the service's queues.</summary>
internal sealed class QueueTable(MessagingConfigurator configurator)
{
    private readonly HashSet<string> _claimFirst =
        [.. configurator.Queues.Where(queue => queue.Value.ClaimFirst).Select(queue => queue.Key)];

    public bool ClaimsFirst(string queue) => _claimFirst.Contains(queue);
}
