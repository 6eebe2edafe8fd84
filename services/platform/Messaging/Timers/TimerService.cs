using System.Runtime.CompilerServices;
using System.Text.Json;
using MassTransit;
using MassTransit.Logging;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

using Mpp.Messaging.Outbox;

namespace Mpp.Messaging.Timers;

/// <summary>
/// Collects what a scope sets and drops and writes it in one round trip, right before its DbContext saves. Upserts have no place in EF's
/// change tracker, hence the statements of its own.
/// </summary>
internal sealed class TimerService<TDbContext>(TDbContext database, IBus bus, TimerInterceptor interceptor, IServiceProvider services) : ITimers, IPendingTimers, IDisposable
    where TDbContext : DbContext
{
    private static readonly string LinkHeader = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [DiagnosticHeaders.ActivityPropagation] = "Link" });

    /// <summary>Null: dropped. The last word on a timer is the one that counts.</summary>
    private readonly Dictionary<(Guid Owner, string Name), TimerRow?> pending = [];

    public async Task SetAsync<T>(Guid owner, string name, DateTimeOffset dueAt, string queue, T message, CancellationToken cancellationToken) where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(message);
        var row = new TimerRow { OwnerId = owner, Name = name, DueAt = dueAt.ToUniversalTime(), Destination = "", ContentType = "", Body = [] };
        var endpoint = new OutboxSendEndpoint(new Capture(row, services), await bus.GetSendEndpoint(OutboxAddress.Queue(queue)));
        await endpoint.Send(message, cancellationToken);
        row.Headers = row.Traceparent is null ? row.Headers : LinkHeader;
        Remember((owner, name), row);
    }

    public Task DropAsync(Guid owner, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Remember((owner, name), null);
        return Task.CompletedTask;
    }

    public bool Any => pending.Count > 0;

    /// <summary>Writes what is pending on the DbContext's connection and transaction.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var ((owner, name), row) in pending)
        {
            batch.BatchCommands.Add(row is null ? TimerSql.DropCommand(owner, name) : TimerSql.SetCommand(row));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        pending.Clear();
        interceptor.Forget(database);
    }

    public void Dispose() => interceptor.Forget(database);

    private void Remember((Guid, string) key, TimerRow? row)
    {
        lock (pending)
        {
            pending[key] = row;
            interceptor.Remember(database, this);
        }
    }

    private sealed class Capture(TimerRow row, IServiceProvider services) : OutboxSendContext
    {
        public Task AddSend<T>(SendContext<T> context) where T : class
        {
            OutboxCapture.Fill(row, context);
            return Task.CompletedTask;
        }

        public object? GetService(Type serviceType) => services.GetService(serviceType);
    }
}

internal interface IPendingTimers
{
    bool Any { get; }

    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Writes a scope's timers with its <c>SaveChangesAsync</c>: in the transaction that is open, else in one that lasts for this save.
/// </summary>
internal sealed class TimerInterceptor : SaveChangesInterceptor
{
    // By DbContext, which may be pooled and then serves scope after scope: services take themselves out when they are done.
    private readonly ConditionalWeakTable<DbContext, IPendingTimers> pending = [];
    private readonly ConditionalWeakTable<DbContext, IDbContextTransaction> own = [];

    public void Remember(DbContext database, IPendingTimers timers) => pending.AddOrUpdate(database, timers);

    public void Forget(DbContext database) => pending.Remove(database);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && pending.TryGetValue(database, out var timers) && timers.Any)
        {
            if (database.Database.CurrentTransaction is null)
            {
                own.AddOrUpdate(database, await database.Database.BeginTransactionAsync(cancellationToken));
            }

            await timers.FlushAsync(cancellationToken);
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && own.TryGetValue(database, out var transaction))
        {
            own.Remove(database);
            await using (transaction)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }

        return result;
    }

    public override async Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && own.TryGetValue(database, out var transaction))
        {
            own.Remove(database);
            await transaction.DisposeAsync();
        }
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context is { } database && pending.TryGetValue(database, out var timers) && timers.Any
            ? throw new InvalidOperationException("Timers are saved with SaveChangesAsync.")
            : result;
}
