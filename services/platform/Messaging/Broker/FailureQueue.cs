using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Mpp.Messaging.Broker;

/// <summary>
/// The queue for a message that failed, or that nobody takes. It is sent there by the service that puts it aside, under
/// that service's name, because the broker verifies the user of what is sent; a header says who sent it first.
/// </summary>
/// <param name="name">The queue, and its exchange.</param>
internal sealed class FailureQueue(string name) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public static string Errors(string queue) => queue + "_error";

    public static string Skipped(string queue) => queue + "_skipped";

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await MoveAsync(context, context.ExceptionHeaders.GetAll());
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        await MoveAsync(context, [new(MessageHeaders.Reason, "dead-letter")]);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("failure-queue");

    private async Task MoveAsync(ReceiveContext context, IEnumerable<KeyValuePair<string, object>> why)
    {
        var delivery = context.GetPayload<RabbitMqBasicConsumeContext>();
        var properties = new BasicProperties(delivery.Properties);
        properties.Headers ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        properties.ClearUserId();
        properties.ClearExpiration();
        properties.Headers[Sender.Header] = delivery.Properties.UserId;
        foreach (var (key, value) in why)
        {
            properties.Headers[key] = value.ToString();
        }

        await context.GetPayload<ChannelContext>().BasicPublishAsync(
            name, delivery.RoutingKey, mandatory: true, properties, context.GetBody(), awaitAck: true,
            context.CancellationToken);
    }
}
