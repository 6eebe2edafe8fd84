using System.Text.Json;
using MassTransit;
using MassTransit.Logging;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;
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
        await RememberAsync((owner, name), row, cancellationToken);
    }

    public Task DropAsync(Guid owner, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return RememberAsync((owner, name), null, cancellationToken);
    }

    public bool Any => pending.Count > 0;

    /// <summary>True in a consumer, whose pipeline saves at the end: everything then goes in one round trip.</summary>
    public bool WaitsForSave { get; set; }

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

    private Task RememberAsync((Guid, string) key, TimerRow? row, CancellationToken cancellationToken)
    {
        lock (pending)
        {
            pending[key] = row;
            interceptor.Remember(database, this);
        }

        // A transaction of the caller's own may end without another save.
        return database.Database.CurrentTransaction is null || WaitsForSave ? Task.CompletedTask : FlushAsync(cancellationToken);
    }

    private sealed class Capture(TimerRow row, IServiceProvider services) : OutboxSendContext
    {
        public Task AddSend<T>(SendContext<T> context) where T : class
        {
            OutboxCapture.Fill(row, context, published: false);
            return Task.CompletedTask;
        }

        public object? GetService(Type serviceType) => services.GetService(serviceType);
    }
}
