using Mpp.Messaging.Database;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Relay;
using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Timers;

/// <summary>
/// Moves what is due into the outbox: timers, and failed rows whose wait is over. Runs in every replica.
/// </summary>
internal sealed partial class DuePump(
    MessagingDatabase database, RelaySignal signal, IOptions<MessagingOptions> options, TimeProvider time,
    ILogger<DuePump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Activity.Current = null;
        var failing = false;
        while (true)
        {
            var again = false;
            try
            {
                again = await PumpAsync(stoppingToken) >= options.Value.BatchSize;
                failing = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    Failed(logger, fault);
                }

                failing = true;
            }

            if (!again)
            {
                await Task.Delay(
                    failing ? options.Value.TimerInterval * 4 : options.Value.TimerInterval, time, stoppingToken);
            }
        }
    }

    /// <summary>The number of messages that went into the outbox.</summary>
    internal async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var batch =
            new NpgsqlBatch(connection) { BatchCommands = { Due(TimerSql.Fire, now), Due(RelaySql.Requeue, now) } };
        var moved = await batch.ExecuteNonQueryAsync(cancellationToken);
        if (moved > 0)
        {
            signal.Wake();
        }

        return moved;
    }

    private NpgsqlBatchCommand Due(string sql, DateTimeOffset now) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            new NpgsqlParameter<int> { TypedValue = options.Value.BatchSize }
        },
    };

    [LoggerMessage(EventId = 30, Level = LogLevel.Error,
        Message = "Due timers cannot be read; they fire when the database is back.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
