using Mpp.Applications.Data;

namespace Mpp.Applications.Live;

/// <summary>
/// Finds what <see cref="CommitSignal"/> cannot see: another copy of the service may have made the change. One query a
/// second for all watchers of this process, none when nobody watches.
/// </summary>
internal sealed partial class ChangePoller(
    LiveChanges live, IServiceScopeFactory scopes, TimeProvider time, ILogger<ChangePoller> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            var watched = live.Watched();
            if (watched.Count == 0)
            {
                continue;
            }

            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var ids = watched.Keys.ToArray();
                var now = await scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>().Applications
                    .Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Sequence }).ToListAsync(stoppingToken);
                foreach (var application in now.Where(a => a.Sequence > watched[a.Id]))
                {
                    live.Signal(application.Id);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Live streams could not look for changes; it is tried again.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
