using MassTransit;
using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;

using Mpp.Messaging.Relay;

namespace Mpp.Messaging.Outbox;

/// <summary>
/// What <c>IPublishEndpoint</c> and <c>ISendEndpointProvider</c> are in a scope: inside a consumer the consumer's own context, elsewhere
/// (an HTTP request, a background task) the outbox of the scope's DbContext.
/// </summary>
internal sealed class DbContextBusProvider<TDbContext> : IScopedBusContextProvider<IBus>, IDisposable
    where TDbContext : DbContext
{
    private readonly DbContextBus? outbox;

    public DbContextBusProvider(
        IBus bus,
        TDbContext database,
        RelaySignal signal,
        TimeProvider time,
        Bind<IBus, IClientFactory> clients,
        Bind<IBus, IScopedConsumeContextProvider> busConsumer,
        IScopedConsumeContextProvider consumer,
        IServiceProvider services)
    {
        if (busConsumer.Value.HasContext)
        {
            Context = new ConsumeContextScopedBusContext(busConsumer.Value.GetContext(), clients.Value);
        }
        else if (consumer.HasContext)
        {
            Context = new ConsumeContextScopedBusContext<IBus>(bus, consumer.GetContext(), clients.Value, services);
        }
        else
        {
            Context = outbox = new DbContextBus(bus, database, signal, time, clients.Value, services);
        }
    }

    public ScopedBusContext Context { get; }

    public void Dispose() => outbox?.Dispose();
}

/// <summary>Publishes and sends of a scope become rows of its DbContext; the relay is woken when they are saved.</summary>
internal sealed class DbContextBus : ScopedBusContext, OutboxSendContext, IDisposable
{
    private readonly IBus bus;
    private readonly DbContext database;
    private readonly RelaySignal signal;
    private readonly TimeProvider time;
    private readonly IClientFactory clients;
    private readonly IServiceProvider services;
    private bool captured;

    public DbContextBus(IBus bus, DbContext database, RelaySignal signal, TimeProvider time, IClientFactory clients, IServiceProvider services)
    {
        (this.bus, this.database, this.signal, this.time, this.clients, this.services) = (bus, database, signal, time, clients, services);
        SendEndpointProvider = new OutboxSendEndpointProvider(this, bus);
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(this, bus));
    }

    public ISendEndpointProvider SendEndpointProvider { get; }

    public IPublishEndpoint PublishEndpoint { get; }

    public IScopedClientFactory ClientFactory =>
        field ??= new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clients, services)), null);

    public Task AddSend<T>(SendContext<T> context) where T : class
    {
        var row = OutboxCapture.Row(context, time);
        lock (this)
        {
            database.Add(row);
            if (!captured)
            {
                captured = true;
                database.SavedChanges += Saved;
            }
        }

        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => services.GetService(serviceType);

    public void Dispose()
    {
        if (captured)
        {
            database.SavedChanges -= Saved;
            // A transaction of the endpoint's own has been committed by now.
            signal.Wake();
        }
    }

    private void Saved(object? sender, SavedChangesEventArgs saved)
    {
        if (database.Database.CurrentTransaction is null)
        {
            signal.Wake();
        }
    }
}
