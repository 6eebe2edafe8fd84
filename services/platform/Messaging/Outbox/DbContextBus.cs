using MassTransit;
using MassTransit.Clients;
using MassTransit.DependencyInjection;
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
internal sealed class DbContextBus : ScopedBusContext, IDisposable
{
    private readonly Lock gate = new();
    private readonly DbContext database;
    private readonly RelaySignal signal;
    private readonly IClientFactory clients;
    private readonly IServiceProvider services;
    private bool captured;

    public DbContextBus(IBus bus, DbContext database, RelaySignal signal, TimeProvider time, IClientFactory clients, IServiceProvider services)
    {
        (this.database, this.signal, this.clients, this.services) = (database, signal, clients, services);
        SendEndpointProvider = new OutboxSendEndpointProvider(new OutboxSink(Add, published: false, time, services), bus);
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(new OutboxSink(Add, published: true, time, services), bus));
    }

    public ISendEndpointProvider SendEndpointProvider { get; }

    public IPublishEndpoint PublishEndpoint { get; }

    public IScopedClientFactory ClientFactory =>
        field ??= new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clients, services)), null);

    public void Dispose()
    {
        if (captured)
        {
            database.SavedChanges -= Saved;
            // A transaction of the endpoint's own has been committed by now.
            signal.Wake();
        }
    }

    private void Add(OutboxRow row)
    {
        lock (gate)
        {
            database.Add(row);
            if (!captured)
            {
                captured = true;
                database.SavedChanges += Saved;
            }
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
