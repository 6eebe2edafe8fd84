using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mpp.Messaging.Writes;

/// <summary>Tells the listeners of the commits that go through EF.</summary>
internal sealed class CommitInterceptor(IEnumerable<ICommitListener> listeners) : DbTransactionInterceptor
{
    private readonly ICommitListener[] _listeners = [.. listeners];

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } database)
        {
            Tell(database);
        }

        return Task.CompletedTask;
    }

    public void Tell(DbContext database)
    {
        foreach (var listener in _listeners)
        {
            listener.Committed(database);
        }
    }
}
