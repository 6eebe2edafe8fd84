using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mpp.Messaging.Timers;

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
