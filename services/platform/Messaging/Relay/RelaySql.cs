using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Relay;

/// <summary>
/// The relay's statements. Column order is the same everywhere, so that rows move between the tables as they are.
/// </summary>
internal static class RelaySql
{
    private const string Message = $"{MessageParameters.Columns}, attempts, created_at";

    /// <summary>
    /// Takes the oldest rows that no other relay holds. They are deleted at once, and for good with the commit: no
    /// status column, no update, and a relay that dies gives everything back. ANY(ARRAY(…)) makes the planner evaluate
    /// the limit once.
    /// </summary>
    public const string Claim =
        $"""
        DELETE FROM outbox WHERE id = ANY (ARRAY(
            SELECT id FROM outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED))
        RETURNING id, {Message}
        """;

    public const string Retry =
        $"""
        INSERT INTO outbox_retry ({Message}, due_at, error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    public const string Dead =
        $"""
        INSERT INTO outbox_dead ({Message}, died_at, error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>Due repeats go back to the outbox.</summary>
    public const string Requeue =
        $"""
        WITH due AS (
            DELETE FROM outbox_retry WHERE id = ANY (ARRAY(
                SELECT id FROM outbox_retry WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING {Message}, due_at)
        INSERT INTO outbox ({Message}) SELECT {Message} FROM due ORDER BY due_at
        """;

    /// <summary>An operator's second chance: the attempts start anew, and age counts from now.</summary>
    public const string Redrive =
        $"""
        WITH dead AS (
            DELETE FROM outbox_dead WHERE id = ANY ($1) RETURNING *)
        INSERT INTO outbox ({Message}) SELECT {MessageParameters.Columns}, 0, $2 FROM dead ORDER BY id
        """;

    /// <summary>
    /// Losing the last commits in a crash of the server brings rows back, which the receivers' inboxes recognise: the
    /// relay, and nothing else, need not wait for the disk.
    /// </summary>
    public const string NoWait = "SET LOCAL synchronous_commit = off";

    public static async Task<List<OutboxRow>> ClaimAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int limit, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(NoWait),
                new NpgsqlBatchCommand(Claim).Add(limit),
            },
        };
        var rows = new List<OutboxRow>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(Read(reader));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        rows.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return rows;
    }

    /// <summary>The insert of a failed row, into <see cref="Retry"/> or <see cref="Dead"/>.</summary>
    public static NpgsqlBatchCommand Insert(string sql, OutboxRow row, int attempts, DateTimeOffset at, string error) =>
        new NpgsqlBatchCommand(sql).AddMessage(row).Add((short)attempts).Add(row.CreatedAt).Add(at).Add(error);

    private static OutboxRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        MessageId = reader.GetGuid(1),
        Destination = reader.GetString(2),
        ContentType = reader.GetString(3),
        Headers = reader.IsDBNull(4) ? null : reader.GetString(4),
        Properties = reader.IsDBNull(5) ? null : reader.GetString(5),
        Body = reader.GetFieldValue<byte[]>(6),
        Traceparent = reader.IsDBNull(7) ? null : reader.GetString(7),
        Attempts = reader.GetInt16(8),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(9),
    };
}
