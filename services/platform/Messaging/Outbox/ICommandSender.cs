namespace Mpp.Messaging;

/// <summary>Sends to one queue, through the outbox. A queue that nobody has declared is an error that an operator sees, not a lost message.</summary>
public interface ICommandSender
{
    /// <summary>Puts a message for a queue into the outbox of the current scope; it leaves with <c>SaveChangesAsync</c>.</summary>
    Task SendAsync<T>(string queue, T message, CancellationToken cancellationToken) where T : class;
}
