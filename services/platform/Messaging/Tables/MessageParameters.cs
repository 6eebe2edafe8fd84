using NpgsqlTypes;

namespace Mpp.Messaging.Tables;

/// <summary>A message's columns, in the order of all tables that hold messages.</summary>
internal static class MessageParameters
{
    public const string Columns =
        "message_id, destination, content_type, headers, properties, body, traceparent";

    public static NpgsqlBatchCommand AddMessage(this NpgsqlBatchCommand command, MessageRow row)
    {
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.MessageId });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Destination });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = row.ContentType });
        parameters.Add(Nullable(row.Headers, NpgsqlDbType.Jsonb));
        parameters.Add(Nullable(row.Properties, NpgsqlDbType.Jsonb));
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = row.Body });
        parameters.Add(Nullable(row.Traceparent, NpgsqlDbType.Text));
        return command;
    }

    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    private static NpgsqlParameter Nullable(string? value, NpgsqlDbType type) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type };
}
