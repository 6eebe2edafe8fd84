using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Outbox;

/// <summary>
/// What <c>IPublishEndpoint</c> and <c>ISendEndpointProvider</c> are in a scope: inside a consumer the consumer's own
/// context, elsewhere (an HTTP request, a background task) the outbox of the scope's DbContext.
/// </summary>
internal sealed class DbContextBusProvider<TDbContext> : IScopedBusContextProvider<IBus>, IDisposable
    where TDbContext : DbContext
{
    private readonly DbContextBus? _outbox;

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
            Context = _outbox = new DbContextBus(bus, database, signal, time, clients.Value, services);
        }
    }

    public ScopedBusContext Context { get; }

    public void Dispose() => _outbox?.Dispose();
}

/// <summary>
/// Publishes and sends of a scope become rows of its DbContext; the relay is woken when they are saved.
/// </summary>
internal sealed class DbContextBus : ScopedBusContext, IDisposable
{
    private readonly Lock _gate = new();
    private readonly DbContext _database;
    private readonly RelaySignal _signal;
    private readonly IClientFactory _clients;
    private readonly IServiceProvider _services;
    private bool _captured;

    public DbContextBus(
        IBus bus, DbContext database, RelaySignal signal, TimeProvider time, IClientFactory clients,
        IServiceProvider services)
    {
        (_database, _signal, _clients, _services) = (database, signal, clients, services);
        SendEndpointProvider = new OutboxSendEndpointProvider(
            new OutboxSink(Add, published: false, time, _services), bus);
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(
            new OutboxSink(Add, published: true, time, _services), bus));
    }

    public ISendEndpointProvider SendEndpointProvider { get; }

    public IPublishEndpoint PublishEndpoint { get; }

    public IScopedClientFactory ClientFactory =>
        field ??= new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(_clients, _services)), null);

    public void Dispose()
    {
        if (_captured)
        {
            _database.SavedChanges -= Saved;
            // A transaction of the endpoint's own has been committed by now.
            _signal.Wake();
        }
    }

    private void Add(OutboxRow row)
    {
        lock (_gate)
        {
            _database.Add(row);
            if (!_captured)
            {
                _captured = true;
                _database.SavedChanges += Saved;
            }
        }
    }

    private void Saved(object? sender, SavedChangesEventArgs saved)
    {
        if (_database.Database.CurrentTransaction is null)
        {
            _signal.Wake();
        }
    }
}
