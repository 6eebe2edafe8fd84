namespace Mpp.Messaging.Tables;

/// <summary>A message that goes into the outbox when its time has come.</summary>
internal sealed class TimerRow : MessageRow
{
    public Guid OwnerId { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset DueAt { get; set; }
}
