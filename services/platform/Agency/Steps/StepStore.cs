using System.Buffers.Binary;
using Npgsql;

namespace Mpp.Agency.Steps;

/// <summary>What is known of a step before it is worked on.</summary>
internal readonly record struct KnownStep(string Service, StepState State, string? AnswerKind, string? Answer);

/// <summary>The hand-written SQL of the kit.</summary>
internal static class StepStore
{
    private const string Lock = "select pg_advisory_xact_lock($1)";

    private const string Find = "select service, state, answer_kind, "
        + $"answer from {StepMapping.Table} where application_id = $1 and step_id = $2 and attempt = $3";

    /// <summary>
    /// Keeps other copies of the same work waiting until this transaction ends, then says what is known of it. Two
    /// statements, so that the second takes its snapshot when the lock is held and sees what its former holder
    /// committed; one round trip. Messaging has opened the transaction.
    /// </summary>
    public static async Task<KnownStep?> ClaimAsync(
        DbContext database, StepRef step, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection())
        {
            BatchCommands =
            {
                new(Lock) { Parameters = { new() { Value = LockKey(step) } } },
                new(Find)
                {
                    Parameters =
                    {
                        new() { Value = step.ApplicationId }, new() { Value = step.StepId },
                        new() { Value = step.Attempt }
                    }
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new KnownStep(reader.GetString(0), Kebab.Values<StepState>()[reader.GetString(1)], Text(2), Text(3))
            : null;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

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
    /// The random half of the UUID v7, mixed with step and attempt (FNV-1a). Two keys that meet only wait for each
    /// other.
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
