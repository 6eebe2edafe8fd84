namespace Mpp.Messaging;

/// <summary>
/// Is told of every commit of what a DbContext wrote, in its own transaction or in a batch's, which many contexts
/// share. Register singletons.
/// </summary>
public interface ICommitListener
{
    /// <summary>
    /// Runs right after the commit, before anybody else is told of it. It must be short and must not fail.
    /// </summary>
    /// <param name="database">The context that wrote.</param>
    void Committed(DbContext database);
}
