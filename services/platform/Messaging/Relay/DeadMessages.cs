using Mpp.Messaging.Database;
using Mpp.Messaging.Outbox;

namespace Mpp.Messaging.Relay;

/// <summary>A message that the relay has given up.</summary>
/// <param name="Id">Its number in <c>outbox_dead</c>; grows with time.</param>
/// <param name="MessageId">The message's id, as consumers would have seen it.</param>
/// <param name="Destination"><c>queue:&lt;name&gt;</c> or <c>exchange:&lt;name&gt;</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When the transaction that sent it ran.</param>
/// <param name="DiedAt">When it was given up.</param>
/// <param name="Error">Why the last attempt failed. Never the message's content.</param>
/// <param name="Traceparent">The trace that it belongs to.</param>
public sealed record DeadMessage(
    long Id, Guid MessageId, string Destination, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DiedAt,
    string Error, string? Traceparent);

internal sealed class DeadMessages(MessagingDatabase database, RelaySignal signal, TimeProvider time) : IDeadMessages
{
    public async Task<IReadOnlyList<DeadMessage>> ListAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT id, message_id, destination, attempts, created_at, died_at, error, "
                + "traceparent FROM outbox_dead WHERE id > $1 ORDER BY id LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var messages = new List<DeadMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(new DeadMessage(
                reader.GetInt64(0),
                reader.GetGuid(1), reader.GetString(2), reader.GetInt16(3), reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetString(6),
                reader.IsDBNull(7) ? null : reader.GetString(7)));
        }

        return messages;
    }

    public async Task<int> RedriveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(RelaySql.Redrive);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        var redriven = await command.ExecuteNonQueryAsync(cancellationToken);
        signal.Wake();
        return redriven;
    }
}
