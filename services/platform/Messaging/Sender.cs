using System.Text;
using Mpp.Messaging.Broker;

namespace Mpp.Messaging;

/// <summary>Who sent a message: the user whose connection it came over, which the broker has verified.</summary>
public sealed class Sender
{
    private readonly BrokerAddress _own;

    internal Sender(BrokerAddress own) => _own = own;

    /// <summary>
    /// The first sender of a message that a service sends on from its failure queues. The header counts only in a
    /// message of the service itself.
    /// </summary>
    internal const string Header = "Mpp-User";

    /// <summary><see langword="null"/> when the message does not say.</summary>
    public string? Of(PipeContext context)
    {
        if (!context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) || !delivery.Properties.IsUserIdPresent())
        {
            return null;
        }

        var user = delivery.Properties.UserId;
        return user == _own.User && delivery.Properties.Headers?.TryGetValue(Header, out var first) == true
            ? first switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                string text => text,
                _ => null,
            }
            : user;
    }

    /// <summary>Checks that the sender of a message may send it.</summary>
    /// <param name="context">The message.</param>
    /// <param name="senders">Who may send it, beside the service itself; <see langword="null"/>: every user, and the
    /// consumer checks further.</param>
    /// <exception cref="ForeignSenderException">The sender may not, or the message does not name one.</exception>
    internal void Verify<T>(ConsumeContext<T> context, IReadOnlySet<string>? senders) where T : class
    {
        var sender = Of(context);
        if (sender is null || sender != _own.User && senders?.Contains(sender) == false)
        {
            throw new ForeignSenderException(typeof(T).Name, sender);
        }
    }
}
