using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Messaging.Broker;

/// <summary>What a failed send says: that the broker is away, or that the message cannot go where it should.</summary>
internal static class BrokerFaults
{
    /// <summary>True when the fault says nothing about the message.</summary>
    public static bool IsOutage(Exception? fault) => fault is
        ConnectionException or TransportUnavailableException or OperationCanceledException or BrokerUnreachableException
        or AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException;

    /// <summary>
    /// Why the broker closed the channel on this exchange: it is not there, or the service may not write to it.
    /// <see langword="null"/> for every other fault. Everything else on its way over the channel fails with it.
    /// </summary>
    public static string? Refusal(Exception? fault, string exchange)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is OperationInterruptedException { ShutdownReason: { ReplyCode: var code, ReplyText: var text } }
                && code is Constants.NotFound or Constants.AccessRefused
                && text.Contains($"exchange '{exchange}' ", StringComparison.Ordinal))
            {
                return text;
            }
        }

        return null;
    }
}

/// <summary>The broker refuses this message, and says why.</summary>
internal sealed class MessageRefusedException(string reason) : Exception(reason);
