using System.Collections.Concurrent;

namespace Mpp.Messaging.Outbox;

/// <summary>
/// Where a row goes, without host and virtual host: rows outlive a move of the broker. A queue is addressed by its
/// exchange only; an address that names the queue itself would make the sender declare it, with other arguments than
/// its owner's.
/// </summary>
internal static class OutboxAddress
{
    private const string QueueScheme = "queue:";
    private const string ExchangeScheme = "exchange:";

    private static readonly ConcurrentDictionary<Uri, string> Names = new();

    public static Uri Queue(string name) => new(ExchangeScheme + name);

    /// <summary>The row's destination for what MassTransit would send to this address.</summary>
    public static string Destination(Uri address, bool published)
    {
        // Addresses with options are reply queues, one for each process of the other side, so they are not cached.
        var name = address.Query.Length > 0 ? Name(address) : Names.GetOrAdd(address, Name);
        return published ? ExchangeScheme + name : QueueScheme + name;
    }

    /// <summary>The exchange that the relay sends a row to, and whether the message must reach a queue.</summary>
    public static (string Exchange, bool Mandatory) Resolve(string destination)
    {
        var mandatory = destination.StartsWith(QueueScheme, StringComparison.Ordinal);
        var name = destination[(mandatory ? QueueScheme : ExchangeScheme).Length..];
        return (name, mandatory);
    }

    private static string Name(Uri address) => new RabbitMqEndpointAddress(address, address).Name;
}
