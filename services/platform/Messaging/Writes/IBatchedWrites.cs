namespace Mpp.Messaging;

/// <summary>
/// Statements of a service's own, for rows that every message writes: in a consumer they go to the database with inbox,
/// outbox and timers in one round trip, past EF Core's change tracker.
/// </summary>
public interface IBatchedWrites
{
    /// <summary>
    /// Executes statements in this order: in a consumer when it has ended, before what its change tracker holds;
    /// elsewhere at once when a transaction is open, else with <c>SaveChangesAsync</c>.
    /// </summary>
    Task WriteAsync(IEnumerable<NpgsqlBatchCommand> statements, CancellationToken cancellationToken);
}
