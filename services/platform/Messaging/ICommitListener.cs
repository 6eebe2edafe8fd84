namespace Mpp.Messaging;

/// <summary>
/// Hears of every commit of what a DbContext wrote, in whosever transaction: its own or a batch's, which is many
/// contexts'. Register singletons.
/// </summary>
public interface ICommitListener
{
    /// <summary>It is committed; this runs before anybody is told so, and must be short and not fail.</summary>
    /// <param name="database">The context that wrote.</param>
    void Committed(DbContext database);
}
