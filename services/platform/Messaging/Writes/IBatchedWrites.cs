namespace Mpp.Messaging;

/// <summary>
/// Statements of a service's own, for rows that every message writes: in a consumer they go to the database with inbox,
/// outbox and timers in one round trip, past EF Core's change tracker.
/// </summary>
public interface IBatchedWrites
{
    /// <summary>
    /// Executes the statements in their order. In a consumer that is when it has ended, before what its change tracker
    /// holds; elsewhere it is at once when a transaction is open, else with <c>SaveChangesAsync</c>.
    /// </summary>
    Task WriteAsync(IEnumerable<NpgsqlBatchCommand> statements, CancellationToken cancellationToken);
}
