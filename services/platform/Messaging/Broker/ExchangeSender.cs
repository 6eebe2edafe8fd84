using System.Collections.Concurrent;
using MassTransit.Context;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Sends to exchanges by name, and declares none of them: they belong to the receiver, and a service has no right to
/// configure what is not its own. Every message carries the user of the connection, which the broker verifies.
/// </summary>
/// <remarks>
/// MassTransit declares the exchange of every address that it sends to, except the one that it knows as reply-to. It
/// takes exchange and user from a message's properties. So all messages go to that address, and name their exchange in
/// a property.
/// </remarks>
internal sealed class ExchangeSender(IBus bus, BrokerAddress address)
{
    private const string Exchange = "RMQ-Exchange";
    private const string UserId = "RMQ-UserId";

    private static readonly Uri Undeclared = new("exchange:amq.rabbitmq.reply-to");
    private static readonly ConcurrentDictionary<string, string> SpanNames = new(StringComparer.Ordinal);

    private ISendEndpoint? _endpoint;

    /// <summary>Completes when the broker has confirmed the message.</summary>
    /// <exception cref="MessageRefusedException">The exchange is not there, or this service may not write to it. Other
    /// messages on the way fail with it, as in an outage.</exception>
    /// <param name="exchange">Where it goes; it must be there.</param>
    /// <param name="message">The message.</param>
    /// <param name="properties">Other properties as MassTransit stores them; exchange and user are added.</param>
    /// <param name="complete">Sets what the properties do not hold.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendAsync<T>(
        string exchange, T message, Dictionary<string, object> properties, Action<SendContext<T>> complete,
        CancellationToken cancellationToken)
        where T : class
    {
        properties[Exchange] = exchange;
        properties[UserId] = address.User;
        var endpoint = _endpoint ??= await ConnectAsync();
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(Fill), cancellationToken);

        void Fill(SendContext<T> context)
        {
            ((TransportSendContext)context).ReadPropertiesFrom(properties);
            complete(context);
        }
    }

    private async Task<ISendEndpoint> ConnectAsync()
    {
        var endpoint = await bus.GetSendEndpoint(Undeclared);
        endpoint.ConnectSendObserver(new Observer());
        return endpoint;
    }

    private sealed class Observer : ISendObserver
    {
        /// <summary>Otherwise all spans would have the name of the address that all messages share.</summary>
        public Task PreSend<T>(SendContext<T> context) where T : class
        {
            if (Activity.Current is { IsAllDataRequested: true } activity)
            {
                var exchange = context.GetPayload<RabbitMqSendContext>().Exchange;
                activity.DisplayName = SpanNames.GetOrAdd(exchange, static name => name + " send");
                activity.SetTag("messaging.destination.name", exchange);
            }

            return Task.CompletedTask;
        }

        public Task PostSend<T>(SendContext<T> context) where T : class => Task.CompletedTask;

        /// <summary>
        /// MassTransit would send again what the broker refuses, until the sender's time is over.
        /// </summary>
        public Task SendFault<T>(SendContext<T> context, Exception exception) where T : class =>
            BrokerFaults.Refusal(exception, context.GetPayload<RabbitMqSendContext>().Exchange) is { } refusal
                ? throw new MessageRefusedException(refusal)
                : Task.CompletedTask;
    }
}
