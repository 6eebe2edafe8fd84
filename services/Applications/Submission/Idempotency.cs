using Mpp.Applications.Data;

namespace Mpp.Applications.Submission;

/// <summary>
/// The header <c>Idempotency-Key</c>: a client that repeats a submission gets the application of the first one.
/// </summary>
internal static class Idempotency
{
    public static bool IsKey(string key) => key.Length is > 0 and <= 200 && key.All(c => c is > ' ' and <= '~');

    public static Task<IdempotencyKeyRow?> FindAsync(
        ApplicationsDbContext database, string client, string key, CancellationToken cancellationToken) =>
        database.IdempotencyKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.Client == client && k.Key == key, cancellationToken);
}

/// <summary>Forgets keys that no client repeats any more.</summary>
internal sealed partial class IdempotencyCleanup(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotencyCleanup> logger) : BackgroundService
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
                await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().IdempotencyKeys
                    .Where(k => k.CreatedAt < limit).ExecuteDeleteAsync(stoppingToken);
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
