using Microsoft.EntityFrameworkCore.Storage;
using Mpp.Applications.Flow;
using Mpp.Hosting.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace Mpp.Applications.Data;

/// <summary>
/// Applications as rows. The writes of every message are SQL statements that leave in one round trip with inbox and
/// outbox.
/// </summary>
internal sealed class ApplicationStore(
    ApplicationsDbContext database, IBatchedWrites writes, Prepared<Guid, ApplicationState> prepared)
{
    // Two statements in one round trip, not one with a join. After waiting for the lock PostgreSQL reads the locked row
    // anew, but joined rows as they were before. It would miss the outputs that the other transaction has just
    // committed.
    private const string Lock = "SELECT id, state FROM applications WHERE id = ANY ($1) ORDER BY id FOR UPDATE";
    private const string Data = "SELECT application_id, part, content FROM personal_data "
        + "WHERE application_id = ANY ($1)";

    private const string Change = "UPDATE applications SET status = $2, worklist = $3, sequence = $4, "
        + "state = $5, updated_at = $6, ended_at = $7, channel = $8, client = $9 WHERE id = $1";
    private const string Entry =
        "INSERT INTO timeline (application_id, sequence, at, kind, data, span) VALUES ($1, $2, $3, $4, $5, $6)";
    private const string Part = "INSERT INTO personal_data (application_id, part, content) VALUES ($1, $2, $3)";

    private const string EraseParts = "DELETE FROM personal_data WHERE application_id = $1";
    private const string EraseAnswers = "UPDATE idempotency_keys SET body = NULL WHERE about = $1";

    // What leads to a person in an entry; Event.PersonalDataErased says why.
    private const string EraseNumbers =
        """
        UPDATE timeline SET data = jsonb_set(jsonb_set(jsonb_set(
            CASE data #>> '{by,role}' WHEN 'applicant' THEN (data #- '{by,subject}') - 'reason' ELSE data END,
            '{documents}', '[]', false), '{agencyFileNumber}', '""', false), '{representation,reference}', '""', false)
        WHERE application_id = $1
        """;

    /// <summary>
    /// Locks an application until the end of the transaction and reads it; <see langword="null"/> when there is none.
    /// </summary>
    public async Task<ApplicationState?> LockAsync(Guid id, CancellationToken cancellationToken)
    {
        if (prepared.TryTake(id, out var locked))
        {
            return locked;
        }

        var transaction = database.Database.CurrentTransaction
            ?? throw new InvalidOperationException("A lock needs a transaction to last for.");
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        foreach (var statement in LockStatements([id]))
        {
            batch.BatchCommands.Add(statement);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return (await ReadAsync(reader, cancellationToken)).GetValueOrDefault(id);
    }

    /// <summary>Locks applications in the order of their ids, and reads them with their personal data.</summary>
    public static IEnumerable<NpgsqlBatchCommand> LockStatements(Guid[] ids) =>
        [Command(Lock, ids), Command(Data, ids)];

    /// <summary>Reads what <see cref="LockStatements"/> gave; applications that are not there are left out.</summary>
    public static async Task<Dictionary<Guid, ApplicationState>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var states = new Dictionary<Guid, ApplicationState>();
        while (await reader.ReadAsync(cancellationToken))
        {
            states.Add(reader.GetGuid(0), FlowJson.ReadState(reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellationToken);
        var parts = states.Keys.ToDictionary(
            id => id, _ => ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal));
        while (await reader.ReadAsync(cancellationToken))
        {
            parts[reader.GetGuid(0)].Add(reader.GetString(1), JsonElement.Parse(reader.GetString(2)));
        }

        return states.ToDictionary(
            pair => pair.Key, pair => pair.Value with { Dossier = new Dossier(parts[pair.Key].ToImmutable()) });
    }

    /// <summary>Adds a new application; it is there after <c>SaveChangesAsync</c>.</summary>
    public Task AddAsync(Decision decision, CancellationToken cancellationToken)
    {
        var state = decision.State;
        database.Add(new ApplicationRow
        {
            Id = state.Id,
            Number = state.Number.Value,
            Package = state.Package,
            PackageVersion = state.PackageVersion,
            Region = state.Region.Value,
            Channel = state.Channel,
            Client = state.Client ?? "",
            Status = state.Status,
            Worklist = OnWorklist(state),
            Sequence = state.Sequence,
            State = FlowJson.Write(state),
            SubmittedAt = state.SubmittedAt,
            UpdatedAt = state.UpdatedAt,
            EndedAt = state.EndedAt,
        });
        return writes.WriteAsync(Entries(decision), cancellationToken);
    }

    /// <summary>Writes what a decision changed in a locked application.</summary>
    public async Task UpdateAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Entries.Count > 0)
        {
            database.Changing = decision.State.Id;
            await writes.WriteAsync(Entries(decision).Prepend(Update(decision.State)), cancellationToken);
        }
    }

    private static NpgsqlBatchCommand Update(ApplicationState state) => new(Change)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = state.Id },
            new NpgsqlParameter<string> { TypedValue = Kebab.Of(state.Status) },
            new NpgsqlParameter<int> { TypedValue = OnWorklist(state) },
            new NpgsqlParameter<long> { TypedValue = state.Sequence },
            Json(FlowJson.Write(state), NpgsqlDbType.Jsonb),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = state.UpdatedAt },
            new NpgsqlParameter
            {
                Value = (object?)state.EndedAt ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.TimestampTz
            },
            new NpgsqlParameter<string> { TypedValue = state.Channel },
            new NpgsqlParameter<string> { TypedValue = state.Client ?? "" },
        },
    };

    private static IEnumerable<NpgsqlBatchCommand> Entries(Decision decision)
    {
        var (id, span) = (decision.State.Id, SpanRef.CurrentBytes());
        foreach (var entry in decision.Entries)
        {
            yield return new NpgsqlBatchCommand(Entry)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = id },
                    new NpgsqlParameter<long> { TypedValue = entry.Sequence },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.At },
                    new NpgsqlParameter<string> { TypedValue = FlowJson.Kind(entry.Event) },
                    Json(FlowJson.Write(entry.Event), NpgsqlDbType.Jsonb),
                    new NpgsqlParameter { Value = (object?)span ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                },
            };
            if (entry.Event is Event.PersonalDataErased)
            {
                yield return Command(EraseParts, id);
                yield return Command(EraseNumbers, id);
                yield return Command(EraseAnswers, id);
            }

            if (entry.Event is IHoldsPersonalData content)
            {
                yield return new NpgsqlBatchCommand(Part)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<Guid> { TypedValue = id },
                        new NpgsqlParameter<string> { TypedValue = content.Part },
                        Json(content.Content.GetRawText(), NpgsqlDbType.Json),
                    },
                };
            }
        }
    }

    private static int OnWorklist(ApplicationState state) => state.Steps.Count(s => s.Matters.Any());

    private static NpgsqlParameter Json(string json, NpgsqlDbType type) => new() { Value = json, NpgsqlDbType = type };

    private static NpgsqlBatchCommand Command<T>(string sql, T value) =>
        new(sql) { Parameters = { new NpgsqlParameter<T> { TypedValue = value } } };
}
