using System.Net.Sockets;

namespace Mpp.Messaging.Database;

/// <summary>
/// While the database cannot be reached, deliveries wait here instead of using up their attempts: an outage is one
/// failed attempt, however long it lasts, and fills no error queue. Stopping the service ends the wait; the broker then
/// delivers again elsewhere.
/// </summary>
internal sealed partial class DatabaseGate(
    MessagingDatabase database, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DatabaseGate> logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task? _probe;

    /// <summary>True when the fault is the connection's, not the statement's.</summary>
    public static bool IsConnectionFault(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                // The server is going down, is not up yet, or has no connection left.
                case PostgresException postgres:
                    return postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                        or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                        || postgres.SqlState.StartsWith("08", StringComparison.Ordinal);
                case NpgsqlException npgsql when npgsql.IsTransient
                    || npgsql.InnerException is SocketException or IOException or TimeoutException:
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        Task running;
        lock (_gate)
        {
            _probe = running = _probe is { IsCompleted: false } ? _probe : ProbeAsync(lifetime.ApplicationStopping);
        }

        return running.WaitAsync(cancellationToken);
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        await Task.Yield();
        var wait = TimeSpan.FromMilliseconds(100);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.Source.OpenConnectionAsync(stopping);
                await using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.ExecuteScalarAsync(stopping);
                if (attempt > 1)
                {
                    Back(logger, attempt);
                }

                return;
            }
            catch (Exception fault)
                when (!stopping.IsCancellationRequested && (fault is TimeoutException || IsConnectionFault(fault)))
            {
                if (attempt == 1)
                {
                    Gone(logger, fault);
                }

                await Task.Delay(wait, time, stopping);
                wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error,
        Message = "The database cannot be reached; deliveries wait until it is back.")]
    private static partial void Gone(ILogger logger, Exception fault);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Information, Message = "The database is back after {Attempts} attempts.")]
    private static partial void Back(ILogger logger, int attempts);
}
