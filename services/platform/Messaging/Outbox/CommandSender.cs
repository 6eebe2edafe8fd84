using MassTransit.DependencyInjection;

namespace Mpp.Messaging.Outbox;

internal sealed class CommandSender(IScopedBusContextProvider<IBus> bus) : ICommandSender
{
    public async Task SendAsync(string queue, object message, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(message);
        var endpoint = await bus.Context.SendEndpointProvider.GetSendEndpoint(OutboxAddress.Queue(queue));
        await endpoint.Send(message, message.GetType(), cancellationToken);
    }
}
