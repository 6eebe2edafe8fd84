namespace Mpp.Messaging;

/// <summary>
/// Sends to one queue, through the outbox. A queue that nobody has declared is an error that an operator sees, not a
/// lost message.
/// </summary>
public interface ICommandSender
{
    /// <summary>
    /// Puts a message for a queue into the outbox of the current scope; it leaves with <c>SaveChangesAsync</c>. On the
    /// wire it has its own type, not that of the variable.
    /// </summary>
    Task SendAsync(string queue, object message, CancellationToken cancellationToken);
}
