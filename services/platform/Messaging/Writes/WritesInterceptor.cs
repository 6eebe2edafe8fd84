using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mpp.Messaging.Writes;

internal interface IPendingWrites
{
    bool Any { get; }

    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Writes what a scope has pending with its <c>SaveChangesAsync</c>: in the transaction that is open, else in one that
/// lasts for this save.
/// </summary>
internal sealed class WritesInterceptor : SaveChangesInterceptor
{
    // By DbContext, which may be pooled and then serves scope after scope: pending writes take themselves out when they
    // are done.
    private readonly ConditionalWeakTable<DbContext, IPendingWrites> _pending = [];
    private readonly ConditionalWeakTable<DbContext, IDbContextTransaction> _own = [];

    public void Remember(DbContext database, IPendingWrites writes) => _pending.AddOrUpdate(database, writes);

    public void Forget(DbContext database) => _pending.Remove(database);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && _pending.TryGetValue(database, out var writes) && writes.Any)
        {
            if (database.Database.CurrentTransaction is null)
            {
                _own.AddOrUpdate(database, await database.Database.BeginTransactionAsync(cancellationToken));
            }

            await writes.FlushAsync(cancellationToken);
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && _own.TryGetValue(database, out var transaction))
        {
            _own.Remove(database);
            await using (transaction)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }

        return result;
    }

    public override async Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database && _own.TryGetValue(database, out var transaction))
        {
            _own.Remove(database);
            await transaction.DisposeAsync();
        }
    }

    public override InterceptionResult<int> SavingChanges(
        DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context is { } database && _pending.TryGetValue(database, out var writes) && writes.Any
            ? throw new InvalidOperationException("Timers are saved with SaveChangesAsync.")
            : result;
}
