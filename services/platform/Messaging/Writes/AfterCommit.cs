using System.Runtime.CompilerServices;

namespace Mpp.Messaging.Writes;

/// <summary>The actions of all scopes whose work is not committed yet, each with the context that writes.</summary>
internal sealed class AfterCommitActions : ICommitListener
{
    private readonly ConditionalWeakTable<DbContext, List<Action>> _waiting = [];

    public void Add(DbContext database, Action action) => _waiting.GetOrCreateValue(database).Add(action);

    /// <summary>Contexts are pooled: what was not committed must not wait for the commit of another scope.</summary>
    public void Forget(DbContext database) => _waiting.Remove(database);

    public void Committed(DbContext database)
    {
        if (_waiting.TryGetValue(database, out var actions))
        {
            _waiting.Remove(database);
            actions.ForEach(action => action());
        }
    }
}

internal sealed class AfterCommit<TDbContext>(TDbContext database, AfterCommitActions actions)
    : IAfterCommit, IDisposable
    where TDbContext : DbContext
{
    public void Do(Action action) => actions.Add(database, action);

    public void Dispose() => actions.Forget(database);
}
