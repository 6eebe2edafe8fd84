namespace Mpp.Messaging.Broker;

/// <summary>Only one user's questions are answered: they are about personal data.</summary>
internal sealed class QuestionSender(Sender sender, string from) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) =>
        sender.Of(context) is { } user && user == from
            ? next.Send(context)
            : throw new ForeignSenderException("A question", sender.Of(context));

    public void Probe(ProbeContext context) => context.CreateFilterScope("question-sender");
}
