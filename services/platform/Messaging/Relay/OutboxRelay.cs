using Mpp.Messaging.Broker;
using Mpp.Messaging.Database;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;

namespace Mpp.Messaging.Relay;

/// <summary>
/// Moves rows from the outbox to the broker: claim a batch, start all sends, await all confirms, commit. Runs in every
/// replica; SKIP LOCKED shares the work. Whatever goes wrong before the commit brings the rows back, so the broker may
/// see a message twice, but it never misses one.
/// </summary>
internal sealed partial class OutboxRelay(
    MessagingDatabase database,
    OutboxPublisher publisher,
    RelaySignal signal,
    MessagingMeters meters,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly MessagingOptions _limits = options.Value;

    /// <summary>Sends of the latest batch: they end with the broker's confirm or with the connection.</summary>
    private Task<Exception?[]> _sending = Task.FromResult<Exception?[]>([]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Activity.Current = null;
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimedAt = Stopwatch.GetTimestamp();
                var claimed = await RelayAsync(stoppingToken);
                if (pause > TimeSpan.Zero)
                {
                    Recovered(logger);
                    pause = TimeSpan.Zero;
                }

                if (claimed == _limits.BatchSize)
                {
                    continue;
                }

                // A commit after the claim wakes the relay again, so a batch that is not full needs no second look.
                if (claimed > 0
                    && _limits.MinimumClaimInterval - Stopwatch.GetElapsedTime(claimedAt) is { Ticks: > 0 } gather)
                {
                    await Task.Delay(gather, time, stoppingToken);
                }

                await signal.WaitAsync(_limits.PollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                if (pause == TimeSpan.Zero)
                {
                    Paused(logger, fault);
                }

                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : Min(pause * 2, LongestPause);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One batch; the number of rows claimed.</summary>
    internal async Task<int> RelayAsync(CancellationToken stoppingToken)
    {
        // A broker that takes messages without confirming them (an alarm for memory or disk) is not sent the same ones
        // again and again.
        await _sending.WaitAsync(stoppingToken);
        await using var connection = await database.Source.OpenConnectionAsync(stoppingToken);
        await using var transaction = await connection.BeginTransactionAsync(stoppingToken);
        var rows = await RelaySql.ClaimAsync(connection, transaction, _limits.BatchSize, stoppingToken);
        if (rows.Count == 0)
        {
            await transaction.RollbackAsync(stoppingToken);
            return 0;
        }

        // From here on stopping the service does not cut the batch short: it would be sent twice.
        var published = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(_limits.PublishTimeout, time);
        var sends = new Task<Exception?>[rows.Count];
        for (var i = 0; i < sends.Length; i++)
        {
            sends[i] = TrySendAsync(rows[i], limit.Token);
        }

        // A send that does not heed its limit must not hold the rows: another replica's broker connection may be a
        // better one.
        _sending = Task.WhenAll(sends);
        var faults = await _sending.WaitAsync(_limits.PublishTimeout * 2, time, CancellationToken.None);
        var failed = faults.Count(fault => fault is not null);
        if (failed == rows.Count && faults.All(BrokerFaults.IsOutage))
        {
            throw new BrokerUnavailableException(faults[0]!);
        }

        if (failed > 0)
        {
            await KeepAsync(connection, transaction, rows, faults);
        }

        await transaction.CommitAsync(CancellationToken.None);
        meters.Batch(rows.Count - failed, Stopwatch.GetElapsedTime(published));
        return rows.Count;
    }

    private async Task<Exception?> TrySendAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.SendAsync(row, cancellationToken);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    /// <summary>
    /// Failed rows of a batch wait for their next attempt apart from the good ones, or are given up and kept for an
    /// operator.
    /// </summary>
    private async Task KeepAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<OutboxRow> rows, Exception?[] faults)
    {
        var now = time.GetUtcNow();
        await using var batch = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < faults.Length; i++)
        {
            if (faults[i] is not { } fault)
            {
                continue;
            }

            var row = rows[i];
            // A message whose neighbour made the broker close the channel has not had its attempt.
            var attempts = row.Attempts + (BrokerFaults.IsOutage(fault) ? 0 : 1);
            var error = Describe(fault);
            if (attempts >= _limits.MaximumAttempts)
            {
                batch.BatchCommands.Add(RelaySql.Insert(RelaySql.Dead, row, attempts, now, error));
                meters.Died();
                GaveUp(logger, row.MessageId, row.Destination, attempts, error);
            }
            else
            {
                var dueAt = now + Delay(Math.Max(attempts, 1));
                batch.BatchCommands.Add(RelaySql.Insert(RelaySql.Retry, row, attempts, dueAt, error));
                Failed(logger, row.MessageId, row.Destination, attempts, error);
            }
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>
    /// Doubles from attempt to attempt, varied at random by up to 5 %, so that rows that failed together do not come
    /// back together.
    /// </summary>
    internal TimeSpan Delay(int attempts)
    {
        var delay = Min(_limits.FirstRetryDelay * Math.Pow(2, Math.Min(attempts - 1, 30)), _limits.LongestRetryDelay);
        return delay * (0.95 + Random.Shared.NextDouble() * 0.1);
    }

    /// <summary>Type and reason, never more than an operator needs: bodies do not get here.</summary>
    private static string Describe(Exception fault)
    {
        var text = fault switch
        {
            MessageReturnedException => "No queue is bound to the destination.",
            MessageRefusedException => fault.Message,
            _ => $"{fault.GetType().Name}: {fault.Message}",
        };
        return text.Length <= 500 ? text : text[..500];
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(EventId = 10, Level = LogLevel.Error,
        Message = "The relay pauses: the broker or the database is away. It tries again until both answer.")]
    private static partial void Paused(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "The relay sends again.")]
    private static partial void Recovered(ILogger logger);

    [LoggerMessage(EventId = 12, Level = LogLevel.Warning,
        Message = "Message {MessageId} to {Destination} failed at attempt {Attempts}: {Error}")]
    private static partial void Failed(ILogger logger, Guid messageId, string destination, int attempts, string error);

    [LoggerMessage(EventId = 13, Level = LogLevel.Error, Message = "Message {MessageId} to {Destination} is "
        + "given up after {Attempts} attempts and kept in outbox_dead: {Error}")]
    private static partial void GaveUp(ILogger logger, Guid messageId, string destination, int attempts, string error);
}

/// <summary>Nothing of a batch reached the broker: all of it stays where it was.</summary>
internal sealed class BrokerUnavailableException(Exception inner)
    : Exception("The broker took none of the batch.", inner);
