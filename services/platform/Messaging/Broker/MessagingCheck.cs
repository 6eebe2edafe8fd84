using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Broker;

/// <summary>Says at start, and not with the first lost timer, that a service is set up wrongly.</summary>
internal sealed class MessagingCheck<TDbContext>(IServiceScopeFactory scopes) : IHostedService
    where TDbContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetService<TDbContext>()
            ?? throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} is not registered: call AddDatabase<{typeof(TDbContext).Name}>().");
        if (database.Model.FindEntityType(typeof(OutboxRow)) is null)
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} has no outbox: call modelBuilder.AddMessaging() in OnModelCreating.");
        }

        var interceptors = database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors;
        if (interceptors?.OfType<WritesInterceptor>().Any() != true)
        {
            throw new InvalidOperationException(
                $"The options of {typeof(TDbContext).Name} lack the container's interceptors: "
                    + "options.AddInterceptors(provider.GetServices<IInterceptor>()).");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
