namespace Mpp.Messaging.Outbox;

/// <summary>A message as it will go to the broker: the exact bytes, serialised once, in the transaction that decided to send it.</summary>
internal abstract class MessageRow
{
    public Guid MessageId { get; set; }

    /// <summary><c>queue:&lt;name&gt;</c> for what must arrive in a queue, <c>exchange:&lt;name&gt;</c> for what is published to whoever listens.</summary>
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

/// <summary>
/// Failed and waiting for its next attempt. A table of its own, so that a destination that nobody serves costs the good rows nothing: the
/// claim never has to step over them.
/// </summary>
internal sealed class OutboxRetryRow : MessageRow
{
    public long Id { get; set; }

    public short Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public required string Error { get; set; }
}

/// <summary>Given up after the last attempt; an operator reads it and re-drives it (<see cref="IDeadMessages"/>).</summary>
internal sealed class OutboxDeadRow : MessageRow
{
    public long Id { get; set; }

    public short Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset DiedAt { get; set; }

    public required string Error { get; set; }
}
