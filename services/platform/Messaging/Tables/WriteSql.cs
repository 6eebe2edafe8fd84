namespace Mpp.Messaging.Tables;

/// <summary>The inserts that every message costs.</summary>
internal static class WriteSql
{
    private const string Inbox = "INSERT INTO inbox (message_id, consumer, processed_at) VALUES ($1, $2, $3)";

    private const string InboxOfMany =
        """
        INSERT INTO inbox (message_id, consumer, processed_at)
        SELECT message_id, consumer, $3 FROM unnest($1, $2) AS new (message_id, consumer)
        ON CONFLICT DO NOTHING RETURNING message_id, consumer
        """;

    private const string DeleteInbox =
        """
        DELETE FROM inbox USING unnest($1, $2) AS left_out (message_id, consumer)
        WHERE inbox.message_id = left_out.message_id AND inbox.consumer = left_out.consumer
        """;

    private const string Outbox =
        $"""
        INSERT INTO outbox ({MessageParameters.Columns}, attempts, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static NpgsqlBatchCommand Insert(InboxRow row) =>
        new NpgsqlBatchCommand(Inbox).Add(row.MessageId).Add(row.Consumer).Add(row.ProcessedAt);

    /// <summary>
    /// Inserts the rows that are not there, and returns them. It goes in the order of their ids, so that two
    /// transactions with some of the same rows do not deadlock.
    /// </summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<InboxRow> rows)
    {
        InboxRow[] ordered = [.. rows.OrderBy(row => row.MessageId)];
        return OfMany(InboxOfMany, ordered).Add(ordered[0].ProcessedAt);
    }

    /// <summary>Deletes rows that were inserted in this transaction.</summary>
    public static NpgsqlBatchCommand Delete(IReadOnlyList<InboxRow> rows) => OfMany(DeleteInbox, rows);

    public static NpgsqlBatchCommand Insert(OutboxRow row) =>
        new NpgsqlBatchCommand(Outbox).AddMessage(row).Add(row.Attempts).Add(row.CreatedAt);

    private static NpgsqlBatchCommand OfMany(string sql, IReadOnlyList<InboxRow> rows) => new NpgsqlBatchCommand(sql)
        .Add(rows.Select(row => row.MessageId).ToArray()).Add(rows.Select(row => row.Consumer).ToArray());
}
