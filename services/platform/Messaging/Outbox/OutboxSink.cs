using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Outbox;

/// <summary>
/// Where MassTransit's outbox endpoints leave a message: one for what is sent, one for what is published. The
/// difference decides whether a message that reaches no queue is a failure, and nothing in the message's own context
/// tells it.
/// </summary>
internal sealed class OutboxSink(
    Action<OutboxRow> add, bool published, TimeProvider time, IServiceProvider services) : OutboxSendContext
{
    public Task AddSend<T>(SendContext<T> context) where T : class
    {
        add(OutboxCapture.Row(context, published, time));
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => services.GetService(serviceType);
}
