namespace Mpp.Messaging.Tables;

/// <summary>
/// This consumer has taken effect for this message. Its key is what makes a second delivery a duplicate.
/// </summary>
internal sealed class InboxRow
{
    public const string Key = "pk_inbox";

    public Guid MessageId { get; set; }

    /// <summary><c>queue/consumer</c>: several consumers of one message each take effect once.</summary>
    public required string Consumer { get; set; }

    public (Guid MessageId, string Consumer) Id => (MessageId, Consumer);

    public DateTimeOffset ProcessedAt { get; set; }
}
