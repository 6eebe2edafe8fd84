using Mpp.Messaging.Database;

namespace Mpp.Messaging.Inbox;

/// <summary>
/// Forgets messages that were consumed long ago, in chunks, found by the block range index. One process at a time: the
/// advisory lock lets the others pass.
/// </summary>
internal sealed partial class InboxCleanup(
    MessagingDatabase database, IOptions<MessagingOptions> options, TimeProvider time,
    ILogger<InboxCleanup> logger) : BackgroundService
{
    private const long LockKey = 0x6d70_7069_6e62_6f78; // "mppinbox"

    internal const string Sql =
        """
        DELETE FROM inbox WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM inbox WHERE processed_at < $1 LIMIT $2))
        """;

    private const int Chunk = 5000;

    /// <summary>
    /// The machine's clock: a broker may bring a message again for some real days, also in a sandbox whose clock skips
    /// days.
    /// </summary>
    internal static readonly TimeProvider Clock = TimeProvider.System;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Activity.Current = null;
        while (true)
        {
            await Task.Delay(options.Value.InboxCleanupInterval, time, stoppingToken);
            try
            {
                var removed = await CleanAsync(stoppingToken);
                if (removed > 0)
                {
                    Cleaned(logger, removed);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, fault);
            }
        }
    }

    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var limit = Clock.GetUtcNow() - options.Value.InboxRetention;
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection)
        {
            Parameters = { new() { Value = LockKey } }
        })
        {
            if (await take.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return 0;
            }
        }

        var removed = 0;
        try
        {
            await using var delete = new NpgsqlCommand(Sql, connection)
            {
                Parameters = { new() { Value = limit }, new() { Value = Chunk } }
            };
            int chunk;
            do
            {
                removed += chunk = await delete.ExecuteNonQueryAsync(cancellationToken);
            }
            while (chunk == Chunk);
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection)
            {
                Parameters = { new() { Value = LockKey } }
            };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return removed;
    }

    [LoggerMessage(
        EventId = 20, Level = LogLevel.Information, Message = "Removed {Count} inbox rows past their retention.")]
    private static partial void Cleaned(ILogger logger, int count);

    [LoggerMessage(
        EventId = 21, Level = LogLevel.Warning, Message = "The inbox could not be cleaned; the next run tries again.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
