using Mpp.Identity.Time;
using OpenIddict.Abstractions;

namespace Mpp.Identity.Tokens;

/// <summary>Takes tokens that are over, and what they were given for, out of the database.</summary>
internal sealed partial class OldTokens(IServiceScopeFactory scopes, IdentityClock clock, ILogger<OldTokens> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How long they are kept: a used refresh token is known as used for longer than it could live.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>Takes them out now.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.Now - Kept;
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>()
            .PruneAsync(before, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>()
            .PruneAsync(before, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock.Provider, stoppingToken);
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old tokens could not be deleted; the next run tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
