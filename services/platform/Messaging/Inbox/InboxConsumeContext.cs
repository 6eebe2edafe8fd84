using MassTransit.Context;
using MassTransit.Middleware.Outbox;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Inbox;

/// <summary>
/// The consumer's context while it runs: what it publishes and sends becomes outbox rows of its transaction.
/// MassTransit's own outbox delivers from here after the commit; ours leaves that to the relay, so most of this
/// interface has nothing to do.
/// </summary>
internal sealed class InboxConsumeContext<TMessage> : OutboxConsumeContextProxy<TMessage>
    where TMessage : class
{
    private readonly OutboxSink _sent;

    public InboxConsumeContext(
        ConsumeContext<TMessage> context, OutboxConsumeOptions options, IServiceProvider services,
        Action<OutboxRow> add, TimeProvider time)
        : base(context, options, services)
    {
        _sent = new OutboxSink(add, published: false, time, services);
        ReceiveContext = new Receiving(
            context.ReceiveContext, _sent, new OutboxSink(add, published: true, time, services));
        PublishEndpointProvider = ReceiveContext.PublishEndpointProvider;
    }

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => false;

    public override bool IsOutboxDelivered => false;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    public override Task AddSend<T>(SendContext<T> context) => _sent.AddSend(context);

    // The factory saves after this. So a failed save is a failed attempt, which the retries see first, and not yet a
    // fault.
    public override Task SetConsumed() => Task.CompletedTask;

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() =>
        Task.FromResult(new List<OutboxMessageContext>());

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;

    /// <summary>Every way from the delivery to the broker ends in the outbox.</summary>
    private sealed class Receiving(
        ReceiveContext context, OutboxSink _sent, OutboxSink published) : ReceiveContextProxy(context)
    {
        public override ISendEndpointProvider SendEndpointProvider { get; } = new OutboxSendEndpointProvider(
            _sent, context.SendEndpointProvider);

        public override IPublishEndpointProvider PublishEndpointProvider { get; } = new OutboxPublishEndpointProvider(
            published, context.PublishEndpointProvider);
    }
}
