namespace Mpp.Messaging.Batches;

/// <summary>Whether a delivery has had its turn in a batch.</summary>
internal sealed class Turn
{
    public bool IsOver { get; set; }
}

/// <summary>
/// A batch was rolled back, or the delivery could not wait for it: it starts again in a scope of its own.
/// </summary>
internal sealed class AloneException : Exception;

/// <summary>
/// Stands around the scope that MassTransit makes for a consumer, and inside its repeats. What a batch has begun in a
/// scope is thrown away with that scope, and the delivery runs again alone, still in the same attempt.
/// </summary>
internal sealed class OwnScope<TMessage> : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        // A repeat has had its turn: a delivery that has failed alone does not go into a batch again.
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
        // MassTransit's outbox puts its filter here too, and that filter makes the scope; `configurator.Message` is
        // inside it.
        ((IConsumerMessageConfigurator<TMessage>)configurator).UseFilter(new OwnScope<TMessage>());
}
