namespace Mpp.Messaging;

/// <summary>What a service consumes.</summary>
public sealed class MessagingConfigurator
{
    internal Dictionary<string, QueueConfigurator> Queues { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, Type> QuestionQueues { get; } = new(StringComparer.Ordinal);

    internal List<Type> Published { get; } = [];

    /// <summary>
    /// A durable quorum queue of this name with its consumers. Asked for twice, the consumers add up.
    /// </summary>
    public MessagingConfigurator Queue(string name, Action<QueueConfigurator> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (!Queues.TryGetValue(name, out var queue))
        {
            Queues.Add(name, queue = new QueueConfigurator());
        }

        configure(queue);
        return this;
    }

    /// <summary>
    /// A queue for questions that somebody is waiting for: a consumer answers with <c>RespondAsync</c> and changes
    /// nothing. No inbox, no outbox, no repeats, no failure queues; a question that waited for two seconds is dropped,
    /// because nobody waits for its answer any more. Ask with a MassTransit request client at <c>exchange:{name}</c>:
    /// who asks does not declare the queue, so an agency that is away makes no heap of old questions.
    /// </summary>
    /// <typeparam name="TConsumer">Answers; it is created in a scope of its own for every question.</typeparam>
    /// <param name="name">The queue's name.</param>
    public MessagingConfigurator Questions<TConsumer>(string name) where TConsumer : class, IConsumer
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        QuestionQueues.Add(name, typeof(TConsumer));
        return this;
    }

    /// <summary>
    /// Declares the durable exchange of a message that the service publishes as soon as the broker is there. Not needed
    /// for a publish to succeed (the relay declares what it meets); it lets others bind before the first message.
    /// </summary>
    public MessagingConfigurator Publishes<TMessage>() where TMessage : class
    {
        Published.Add(typeof(TMessage));
        return this;
    }
}

/// <summary>The consumers of one queue.</summary>
public sealed class QueueConfigurator
{
    internal HashSet<Type> Consumers { get; } = [];

    /// <summary>
    /// Deliveries in work at once in this process; null: <see cref="MessagingOptions.ConcurrentMessages"/>.
    /// </summary>
    public int? ConcurrentMessages { get; set; }

    /// <summary>
    /// True for handlers with effects outside the database: the inbox row is claimed before they run, at the price of
    /// one round trip, so that a duplicate does not run at all. False (default): a duplicate's transaction fails on the
    /// inbox row and is rolled back.
    /// </summary>
    public bool ClaimFirst { get; set; }

    /// <summary>A MassTransit consumer; it is created in a scope of its own for every delivery.</summary>
    public QueueConfigurator Consumer<TConsumer>() where TConsumer : class, IConsumer
    {
        Consumers.Add(typeof(TConsumer));
        return this;
    }
}
