namespace Mpp.Messaging.Broker;

/// <summary>
/// MassTransit sends the fault of a consumer, with the whole message in it, to the address that the message names, and
/// declares the exchange for it. In this protocol no message names one: a message that does is put aside before anybody
/// consumes it.
/// </summary>
internal sealed class NoReplyAddress(Sender sender) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) =>
        context.ResponseAddress is null && context.FaultAddress is null
            ? next.Send(context)
            : throw new ForeignSenderException("A message that asks for replies to an address", sender.Of(context));

    public void Probe(ProbeContext context) => context.CreateFilterScope("no-reply-address");
}
