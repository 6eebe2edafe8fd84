using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Mpp.Messaging.Broker;

/// <summary>
/// The channel of a receive endpoint, on which a consumer can close the channel without waiting for itself.
/// </summary>
/// <remarks>
/// When a delivery cannot be acknowledged because the connection has ended, MassTransit 8 closes the channel from
/// inside the delivery. In that close RabbitMQ.Client 7 waits for the end of all deliveries, also of this one, and the
/// shutdown of the connection waits behind it. The service would neither receive nor send again (the trap of
/// rabbitmq-dotnet-client#1567). Here the close runs beside the delivery.
/// </remarks>
internal sealed class ReceivingChannel(ChannelContext context)
    : ScopeChannelContext(context, context.CancellationToken), ChannelContext
{
    private readonly IChannel _channel = ClosingApart.Of(context.Channel);

    IChannel ChannelContext.Channel => _channel;

    internal sealed class Filter : IFilter<ChannelContext>
    {
        public Task Send(ChannelContext context, IPipe<ChannelContext> next) =>
            next.Send(new ReceivingChannel(context));

        public void Probe(ProbeContext context) => context.CreateFilterScope("receiving-channel");
    }

    /// <summary>The channel as it is, except that nobody waits for its close.</summary>
    [SuppressMessage("Design", "MA0053", Justification = "DispatchProxy derives from it.")]
    internal class ClosingApart : DispatchProxy
    {
        private IChannel _channel = null!;

        public static IChannel Of(IChannel channel)
        {
            var proxy = Create<IChannel, ClosingApart>();
            ((ClosingApart)(object)proxy)._channel = channel;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IChannel.CloseAsync))
            {
                return targetMethod.Invoke(
                    _channel, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
            }

            _ = Task.Run(async () =>
            {
                var close = (Task)targetMethod.Invoke(
                    _channel, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null)!;
                // The channel is being given up, for a reason that has been reported already.
                await close.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });
            return Task.CompletedTask;
        }
    }
}
