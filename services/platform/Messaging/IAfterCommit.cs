namespace Mpp.Messaging;

/// <summary>
/// Does something once the work of this scope is committed, and never when it is rolled back. It is for what cannot be
/// rolled back with it, such as counting. Scoped.
/// </summary>
public interface IAfterCommit
{
    /// <summary>Runs an action right after the commit, in no particular trace. It must be short and must not fail.
    /// </summary>
    /// <param name="action">What to do.</param>
    void Do(Action action);
}
