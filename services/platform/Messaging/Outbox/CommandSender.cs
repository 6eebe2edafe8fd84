using MassTransit;
using MassTransit.DependencyInjection;

namespace Mpp.Messaging.Outbox;

internal sealed class CommandSender(IScopedBusContextProvider<IBus> bus) : ICommandSender
{
    public async Task SendAsync<T>(string queue, T message, CancellationToken cancellationToken) where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(message);
        var endpoint = await bus.Context.SendEndpointProvider.GetSendEndpoint(OutboxAddress.Queue(queue));
        await endpoint.Send(message, cancellationToken);
    }
}
