using Mpp.Messaging.Database;

namespace Mpp.Messaging.Telemetry;

/// <summary>
/// Reads the gauges from the database every few seconds: the head of the outbox, and the planner's counts instead of
/// COUNT(*).
/// </summary>
internal sealed partial class MessagingMonitor(
    MessagingDatabase database, MessagingMeters meters, IOptions<MessagingOptions> options, TimeProvider time,
    ILogger<MessagingMonitor> logger) : BackgroundService
{
    // Dead rows are counted: they are few, and one of them matters.
    internal const string Sql =
        """
        SELECT (SELECT created_at FROM outbox ORDER BY id LIMIT 1),
               (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'outbox'::regclass),
               (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'outbox_retry'::regclass),
               (SELECT count(*) FROM outbox_dead),
               (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'timers'::regclass),
               (SELECT count(*) FROM (SELECT FROM timers WHERE due_at < $1 LIMIT 10000) AS overdue)
        """;

    /// <summary>The pump looks twice a second: who has waited this long has been passed over.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Activity.Current = null;
        while (true)
        {
            try
            {
                meters.State = await ReadAsync(stoppingToken);
                meters.IsStateKnown = true;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                meters.IsStateKnown = false;
                Failed(logger, fault.GetType().Name);
            }

            await Task.Delay(options.Value.MonitorInterval, time, stoppingToken);
        }
    }

    internal async Task<OutboxState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(Sql);
        var now = time.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Overdue });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var age = reader.IsDBNull(0) ? TimeSpan.Zero : now - reader.GetFieldValue<DateTimeOffset>(0);
        return new OutboxState(age < TimeSpan.Zero ? TimeSpan.Zero : age, reader.GetInt64(1), reader.GetInt64(2),
            reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Debug, Message = "The gauges could not be read ({Fault}).")]
    private static partial void Failed(ILogger logger, string fault);
}
