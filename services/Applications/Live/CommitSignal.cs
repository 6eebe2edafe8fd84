using Mpp.Applications.Data;

namespace Mpp.Applications.Live;

/// <summary>Tells the watchers of an application in this process as soon as a change of it is committed.</summary>
internal sealed class CommitSignal(LiveChanges live) : ICommitListener
{
    public void Committed(DbContext database)
    {
        if (database is ApplicationsDbContext { Changing: { } application } applications)
        {
            applications.Changing = null;
            live.Signal(application);
        }
    }
}
