using Microsoft.EntityFrameworkCore;

namespace Mpp.Hosting.Idempotency;

/// <summary>Forgets answers that no client asks for any more.</summary>
internal sealed partial class IdempotencyCleanup<TDbContext>(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotencyCleanup<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                var limit = time.GetUtcNow() - Kept;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TDbContext>().Set<IdempotencyKeyRow>()
                    .Where(row => row.CreatedAt < limit).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old idempotency keys could not be removed; it is tried again.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
