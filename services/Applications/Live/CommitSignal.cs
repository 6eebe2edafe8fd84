using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Mpp.Applications.Data;

namespace Mpp.Applications.Live;

/// <summary>Tells the watchers of an application in this process as soon as a change of it is committed.</summary>
internal sealed class CommitSignal(LiveChanges live) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ApplicationsDbContext { Changing: { } application } database)
        {
            database.Changing = null;
            live.Signal(application);
        }

        return Task.CompletedTask;
    }
}
