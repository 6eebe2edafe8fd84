using Npgsql;
using NpgsqlTypes;

using Mpp.Messaging.Relay;

namespace Mpp.Messaging.Timers;

/// <summary>The statements of the timers.</summary>
internal static class TimerSql
{
    private const string Set =
        """
        INSERT INTO timers (owner_id, name, due_at, message_id, destination, content_type, headers, properties, body, traceparent)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (owner_id, name) DO UPDATE SET
            due_at = EXCLUDED.due_at, message_id = EXCLUDED.message_id, destination = EXCLUDED.destination,
            content_type = EXCLUDED.content_type, headers = EXCLUDED.headers, properties = EXCLUDED.properties,
            body = EXCLUDED.body, traceparent = EXCLUDED.traceparent
        """;

    private const string Drop = "DELETE FROM timers WHERE owner_id = $1 AND name = $2";

    /// <summary>
    /// Due timers become outbox rows in one statement: fired once, whoever pumps, and never lost between the two tables.
    /// </summary>
    public const string Fire =
        """
        WITH due AS (
            DELETE FROM timers WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM timers WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING due_at, message_id, destination, content_type, headers, properties, body, traceparent)
        INSERT INTO outbox (message_id, destination, content_type, headers, properties, body, traceparent, attempts, created_at)
        SELECT message_id, destination, content_type, headers, properties, body, traceparent, 0, $1 FROM due ORDER BY due_at
        """;

    public static NpgsqlBatchCommand SetCommand(TimerRow row) => new(Set)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = row.OwnerId },
            new NpgsqlParameter<string> { TypedValue = row.Name },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.DueAt },
            new NpgsqlParameter<Guid> { TypedValue = row.MessageId },
            new NpgsqlParameter<string> { TypedValue = row.Destination },
            new NpgsqlParameter<string> { TypedValue = row.ContentType },
            RelaySql.Json(row.Headers),
            RelaySql.Json(row.Properties),
            new NpgsqlParameter<byte[]> { TypedValue = row.Body },
            new NpgsqlParameter { Value = (object?)row.Traceparent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };

    public static NpgsqlBatchCommand DropCommand(Guid owner, string name) => new(Drop)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = owner }, new NpgsqlParameter<string> { TypedValue = name } },
    };
}
