using Microsoft.EntityFrameworkCore;

namespace Mpp.Hosting.Database;

/// <summary>Rows that are kept for some time, and then deleted, within the hour.</summary>
public static class OldRows
{
    /// <summary>Deletes the rows that are kept no longer.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="kept">How long a row is kept.</param>
    /// <param name="before">Selects the rows from before a moment.</param>
    /// <typeparam name="TDbContext">The database.</typeparam>
    /// <typeparam name="TRow">The table.</typeparam>
    public static IServiceCollection AddOldRows<TDbContext, TRow>(
        this IServiceCollection services, TimeSpan kept,
        Func<IQueryable<TRow>, DateTimeOffset, IQueryable<TRow>> before)
        where TDbContext : DbContext
        where TRow : class =>
        services.AddHostedService(provider => new OldRows<TDbContext, TRow>(
            provider.GetRequiredService<IServiceScopeFactory>(), kept, before,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OldRows<TDbContext, TRow>>>()));
}

internal sealed partial class OldRows<TDbContext, TRow>(
    IServiceScopeFactory scopes, TimeSpan kept, Func<IQueryable<TRow>, DateTimeOffset, IQueryable<TRow>> before,
    TimeProvider time, ILogger<OldRows<TDbContext, TRow>> logger) : BackgroundService
    where TDbContext : DbContext
    where TRow : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes the rows whose time is over now.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<TDbContext>().Set<TRow>();
        await before(rows, time.GetUtcNow() - kept).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, typeof(TRow).Name, fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Rows of {Table} that are kept no longer could not be deleted; the next run tries again.")]
    private static partial void Failed(ILogger logger, string table, Exception fault);
}
