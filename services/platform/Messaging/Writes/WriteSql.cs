using Npgsql;
using NpgsqlTypes;

using Mpp.Messaging.Inbox;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Relay;

namespace Mpp.Messaging.Writes;

/// <summary>The inserts that every message costs.</summary>
internal static class WriteSql
{
    private const string Inbox = "INSERT INTO inbox (message_id, consumer, processed_at) VALUES ($1, $2, $3)";

    private const string Outbox =
        """
        INSERT INTO outbox (message_id, destination, content_type, headers, properties, body, traceparent, attempts, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static NpgsqlBatchCommand Insert(InboxRow row) => new(Inbox)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = row.MessageId },
            new NpgsqlParameter<string> { TypedValue = row.Consumer },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.ProcessedAt },
        },
    };

    public static NpgsqlBatchCommand Insert(OutboxRow row) => new(Outbox)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = row.MessageId },
            new NpgsqlParameter<string> { TypedValue = row.Destination },
            new NpgsqlParameter<string> { TypedValue = row.ContentType },
            RelaySql.Json(row.Headers),
            RelaySql.Json(row.Properties),
            new NpgsqlParameter<byte[]> { TypedValue = row.Body },
            new NpgsqlParameter { Value = (object?)row.Traceparent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<short> { TypedValue = row.Attempts },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.CreatedAt },
        },
    };
}
