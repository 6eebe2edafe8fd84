namespace Mpp.Messaging.Tables;

/// <summary>
/// A message as it will go to the broker: the exact bytes, serialised once, in the transaction that decided to send it.
/// </summary>
internal abstract class MessageRow
{
    public Guid MessageId { get; set; }

    /// <summary>
    /// <c>queue:&lt;name&gt;</c> for what must arrive in a queue, <c>exchange:&lt;name&gt;</c> for what is published to
    /// whoever listens.
    /// </summary>
    public required string Destination { get; set; }

    public required string ContentType { get; set; }

    public string? Headers { get; set; }

    public string? Properties { get; set; }

    public required byte[] Body { get; set; }

    public string? Traceparent { get; set; }
}

/// <summary>Waits for the relay. The only index is the key: rows are inserted and deleted, never updated.</summary>
internal sealed class OutboxRow : MessageRow
{
    public long Id { get; set; }

    public short Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
