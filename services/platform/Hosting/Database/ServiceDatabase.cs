using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mpp.Hosting.Start;
using Npgsql;

namespace Mpp.Hosting.Database;

/// <summary>A service's database as start sees it.</summary>
internal interface IDatabase
{
    /// <summary>Returns as soon as the database answers.</summary>
    /// <exception cref="StartException">It did not answer in time, or answers that it will not have us.</exception>
    Task WaitUntilReachableAsync(CancellationToken cancellationToken);

    Task MigrateAsync(CancellationToken cancellationToken);
}

internal sealed partial class ServiceDatabase<TDbContext>(
    IServiceScopeFactory scopes,
    IServiceProvider provider,
    IOptions<DatabaseOptions> options,
    TimeProvider clock,
    ILogger<ServiceDatabase<TDbContext>> logger) : IDatabase
    where TDbContext : DbContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task WaitUntilReachableAsync(CancellationToken cancellationToken)
    {
        var dataSource = provider.GetRequiredService<NpgsqlDataSource>();
        var start = clock.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (IsAway(exception))
            {
                if (clock.GetElapsedTime(start) > options.Value.StartTimeout)
                {
                    throw new StartException($"the database did not answer within {options.Value.StartTimeout}: {exception.Message}", exception);
                }

                if (!told)
                {
                    LogWaiting(logger, exception.Message);
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (PostgresException exception)
            {
                throw new StartException($"the database refuses the connection: {exception.MessageText} ({exception.SqlState}). Check ConnectionStrings:Database.", exception);
            }
        }
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        await context.Database.MigrateAsync(cancellationToken);
        LogMigrated(logger, string.Join(", ", pending));
    }

    /// <summary>No server there, or one that is starting or stopping: worth another try. Anything else it says is final.</summary>
    private static bool IsAway(NpgsqlException exception) => exception is PostgresException postgres
        ? postgres.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections
        : exception.InnerException is SocketException or IOException or TimeoutException || exception.IsTransient;

    [LoggerMessage(1, LogLevel.Warning, "The database does not answer; waiting for it. {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The database is migrated: {Migrations}.")]
    private static partial void LogMigrated(ILogger logger, string migrations);
}
