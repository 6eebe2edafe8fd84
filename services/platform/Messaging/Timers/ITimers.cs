namespace Mpp.Messaging;

/// <summary>Messages to oneself at a later time, rows in the service's own database.</summary>
public interface ITimers
{
    /// <summary>
    /// Sets the timer of this name, or moves it when it is set. Takes effect in the transaction that is open, else with
    /// <c>SaveChangesAsync</c>.
    /// </summary>
    Task SetAsync<T>(
        Guid owner, string name, DateTimeOffset dueAt, string queue, T message, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Drops the timer of this name; nothing happens when it is not set.</summary>
    Task DropAsync(Guid owner, string name, CancellationToken cancellationToken);
}
