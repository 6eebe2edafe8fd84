using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Database;

internal sealed partial class ServiceDatabase<TDbContext>(
    IServiceScopeFactory scopes,
    IServiceProvider provider,
    IEnumerable<DatabaseScripts> libraries,
    IOptions<DatabaseOptions> options,
    TimeProvider time,
    ILogger<ServiceDatabase<TDbContext>> logger) : IDatabase
    where TDbContext : DbContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Made when it is first needed: the options' validation reports a wrong connection string.</summary>
    private NpgsqlDataSource Source => provider.GetRequiredService<NpgsqlDataSource>();

    public async Task WaitUntilReachableAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (IsAway(exception))
            {
                if (time.GetElapsedTime(start) > options.Value.StartTimeout)
                {
                    throw new StartException($"the database did not answer within {options.Value.StartTimeout}: "
                        + $"{exception.Message}", exception);
                }

                if (!told)
                {
                    LogWaiting(logger, exception.Message);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (PostgresException exception)
            {
                throw new StartException("the database refuses the connection: "
                    + $"{exception.MessageText} ({exception.SqlState}). Check ConnectionStrings:Database.", exception);
            }
        }
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var alone = await AloneAsync(connection, cancellationToken);
        var scripts = await ScriptRun.ApplyAsync(Source, libraries, cancellationToken);
        var migrations = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (migrations.Count > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        if (scripts.Count + migrations.Count > 0)
        {
            LogMigrated(logger, string.Join(", ", scripts.Concat(migrations)));
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        ScriptRun.CheckAsync(Source, libraries, cancellationToken);

    /// <summary>
    /// Copies that start together wait here for each other. EF Core's own lock does not last from one migration to the
    /// next: another copy comes in between, and the first one then does what is done.
    /// </summary>
    /// <returns>The lock, which ends with it.</returns>
    private static async Task<NpgsqlTransaction> AloneAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // No limit: a change to a big table may take long.
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('migrate'))", connection)
        {
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    /// <summary>
    /// No server, or one that is starting or stopping, is worth another try. Anything else that the server says is
    /// final.
    /// </summary>
    private static bool IsAway(NpgsqlException exception) => exception is PostgresException postgres
        ? postgres.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections
        : exception.InnerException is SocketException or IOException or TimeoutException || exception.IsTransient;

    [LoggerMessage(1, LogLevel.Warning, "The database does not answer; waiting for it. {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The database is migrated: {Migrations}.")]
    private static partial void LogMigrated(ILogger logger, string migrations);
}
