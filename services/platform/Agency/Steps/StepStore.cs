using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Mpp.Agency.Steps;

/// <summary>What is known of a step before it is worked on.</summary>
internal readonly record struct KnownStep(string Service, StepState State, string? AnswerKind, string? Answer);

/// <summary>The hand-written SQL of the kit.</summary>
internal static class StepStore
{
    private const string Lock = "select pg_advisory_xact_lock(key) from unnest($1) as keys (key)";

    private const string Find = "select application_id, step_id, attempt, service, state, answer_kind, answer "
        + $"from {StepMapping.Table} "
        + "join unnest($1, $2, $3) as asked (application_id, step_id, attempt) "
        + "using (application_id, step_id, attempt)";

    private const string Add =
        $"""
        insert into {StepMapping.Table} (application_id, step_id, attempt, service, application_number, region, channel,
            received_at, due_at, state, answer_kind, answer, answered_at, inputs, corrected)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    /// <summary>
    /// Makes other transactions with the same work wait until this one ends, and says what is known of the step.
    /// Messaging has opened the transaction.
    /// </summary>
    public static async Task<KnownStep?> ClaimAsync(
        DbContext database, StepRef step, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection());
        foreach (var statement in ClaimStatements([step]))
        {
            batch.BatchCommands.Add(statement);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return (await ReadAsync(reader, cancellationToken)).GetValueOrDefault(step);
    }

    /// <summary>
    /// Claims steps in the order of their locks. Two statements, so that the second takes its snapshot when the locks
    /// are held and sees what their former holders committed.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> ClaimStatements(IReadOnlyList<StepRef> steps) =>
    [
        new(Lock) { Parameters = { Array(steps.Select(LockKey).Order()) } },
        new(Find)
        {
            Parameters =
            {
                Array(steps.Select(s => s.ApplicationId)), Array(steps.Select(s => s.StepId)),
                Array(steps.Select(s => s.Attempt)),
            }
        },
    ];

    /// <summary>Reads what <see cref="ClaimStatements"/> gave; steps that never came are left out.</summary>
    public static async Task<Dictionary<StepRef, KnownStep?>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var known = new Dictionary<StepRef, KnownStep?>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(
                new StepRef(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)),
                new KnownStep(reader.GetString(3), Kebab.Values<StepState>()[reader.GetString(4)], Text(5), Text(6)));
        }

        return known;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>Inserts a step as it is once it has been answered for the first time.</summary>
    public static NpgsqlBatchCommand Insert(StepRow row) => new(Add)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = row.ApplicationId },
            new NpgsqlParameter<string> { TypedValue = row.StepId },
            new NpgsqlParameter<int> { TypedValue = row.Attempt },
            new NpgsqlParameter<string> { TypedValue = row.Service },
            Nullable(row.ApplicationNumber?.Value, NpgsqlDbType.Text),
            Nullable(row.Region?.Value, NpgsqlDbType.Varchar),
            Nullable(row.Channel, NpgsqlDbType.Text),
            Nullable(row.ReceivedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            Nullable(row.DueAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            new NpgsqlParameter<string> { TypedValue = Kebab.Of(row.State) },
            Nullable(row.AnswerKind, NpgsqlDbType.Text),
            Nullable(row.Answer, NpgsqlDbType.Jsonb),
            Nullable(row.AnsweredAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            Nullable(row.Inputs, NpgsqlDbType.Jsonb),
            Nullable(row.Corrected, NpgsqlDbType.Jsonb),
        },
    };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };

    /// <summary>
    /// Clears the inputs of earlier attempts that wait for a correction: it has come, as this attempt.
    /// </summary>
    public static Task<int> ForgetInputsBeforeAsync(
        DbContext database, StepRef step, CancellationToken cancellationToken) =>
        database.Set<StepRow>()
            .Where(s => s.ApplicationId == step.ApplicationId
                && s.StepId == step.StepId && s.Attempt < step.Attempt && s.State == StepState.AwaitingCorrection)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Inputs, (string?)null), cancellationToken);

    /// <summary>
    /// The random half of the UUID v7, mixed with step and attempt (FNV-1a). Two steps that happen to have the same key
    /// only wait for each other.
    /// </summary>
    private static long LockKey(StepRef step)
    {
        Span<byte> id = stackalloc byte[16];
        step.ApplicationId.TryWriteBytes(id, bigEndian: true, out _);
        var hash = BinaryPrimitives.ReadUInt64BigEndian(id[8..]);
        foreach (var c in step.StepId)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return unchecked((long)((hash ^ (uint)step.Attempt) * 0x100000001B3));
    }
}
