namespace Mpp.Messaging.Batches;

/// <summary>Whether a delivery has had its turn in a batch.</summary>
internal sealed class Turn
{
    public bool IsOver { get; set; }
}

/// <summary>
/// A batch was taken back, or nobody could wait for it: the delivery starts again in a scope of its own.
/// </summary>
internal sealed class AloneException : Exception;

/// <summary>
/// Around the scope that MassTransit makes for a consumer, and within its repeats: what a batch has begun in a scope is
/// thrown away with it, and the delivery runs again alone, still in the same attempt.
/// </summary>
internal sealed class OwnScope<TMessage> : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        // A repeat has had its turn: what failed once alone is not put among others.
        var turn = context.AddOrUpdatePayload(() => new Turn { IsOver = context.GetRetryAttempt() > 0 }, own => own);
        if (turn.IsOver)
        {
            await next.Send(context);
            return;
        }

        try
        {
            await next.Send(context);
        }
        catch (AloneException)
        {
            turn.IsOver = true;
            await next.Send(context);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("own-scope");
}

/// <summary>Puts <see cref="OwnScope{TMessage}"/> before every consumer of an endpoint.</summary>
internal sealed class OwnScopes : IConsumerConfigurationObserver
{
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator) where TConsumer : class
    {
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(
        IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class =>
        // Where MassTransit's outbox puts its filter too, which makes the scope; `configurator.Message` is within it.
        ((IConsumerMessageConfigurator<TMessage>)configurator).UseFilter(new OwnScope<TMessage>());
}
