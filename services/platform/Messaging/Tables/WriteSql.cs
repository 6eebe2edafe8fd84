namespace Mpp.Messaging.Tables;

/// <summary>The inserts that every message costs.</summary>
internal static class WriteSql
{
    private const string Inbox = "INSERT INTO inbox (message_id, consumer, processed_at) VALUES ($1, $2, $3)";

    private const string Outbox =
        $"""
        INSERT INTO outbox ({MessageParameters.Columns}, attempts, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static NpgsqlBatchCommand Insert(InboxRow row) =>
        new NpgsqlBatchCommand(Inbox).Add(row.MessageId).Add(row.Consumer).Add(row.ProcessedAt);

    public static NpgsqlBatchCommand Insert(OutboxRow row) =>
        new NpgsqlBatchCommand(Outbox).AddMessage(row).Add(row.Attempts).Add(row.CreatedAt);
}
