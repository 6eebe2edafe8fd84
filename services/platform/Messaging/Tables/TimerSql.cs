namespace Mpp.Messaging.Tables;

/// <summary>The statements of the timers.</summary>
internal static class TimerSql
{
    private const string Set =
        $"""
        INSERT INTO timers ({MessageParameters.Columns}, owner_id, name, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (owner_id, name) DO UPDATE SET
            due_at = EXCLUDED.due_at, message_id = EXCLUDED.message_id, destination = EXCLUDED.destination,
            content_type = EXCLUDED.content_type, headers = EXCLUDED.headers, properties = EXCLUDED.properties,
            body = EXCLUDED.body, traceparent = EXCLUDED.traceparent
        """;

    private const string Drop = "DELETE FROM timers WHERE owner_id = $1 AND name = $2";

    /// <summary>
    /// Due timers become outbox rows in one statement: fired once, whoever pumps, and never lost between
    /// the two tables.
    /// </summary>
    public const string Fire =
        $"""
        WITH due AS (
            DELETE FROM timers WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM timers WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING due_at, {MessageParameters.Columns})
        INSERT INTO outbox ({MessageParameters.Columns}, attempts, created_at)
        SELECT {MessageParameters.Columns}, 0, $1 FROM due ORDER BY due_at
        """;

    public static NpgsqlBatchCommand SetCommand(TimerRow row) =>
        new NpgsqlBatchCommand(Set).AddMessage(row).Add(row.OwnerId).Add(row.Name).Add(row.DueAt);

    public static NpgsqlBatchCommand DropCommand(Guid owner, string name) =>
        new NpgsqlBatchCommand(Drop).Add(owner).Add(name);
}
