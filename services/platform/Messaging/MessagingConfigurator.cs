namespace Mpp.Messaging;

/// <summary>What a service consumes.</summary>
public sealed class MessagingConfigurator
{
    internal Dictionary<string, QueueConfigurator> Queues { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, QuestionQueue> QuestionQueues { get; } = new(StringComparer.Ordinal);

    internal List<Type> Published { get; } = [];

    /// <summary>
    /// A durable quorum queue of this name with its consumers. When it is named twice, the consumers add up.
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
    /// because nobody waits for its answer any more. Ask and answer with <see cref="IQuestions"/>: the asking service
    /// does not declare the queue, so old questions do not pile up while an agency is away.
    /// </summary>
    /// <typeparam name="TConsumer">The consumer that answers; it is created in a scope of its own for every
    /// question.</typeparam>
    /// <param name="name">The queue's name.</param>
    /// <param name="from">The broker's user who may ask.</param>
    public MessagingConfigurator Questions<TConsumer>(string name, string from) where TConsumer : class, IConsumer
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        QuestionQueues.Add(name, new QuestionQueue(typeof(TConsumer), from));
        return this;
    }

    /// <summary>
    /// The durable exchange of a message that the service publishes, declared at start: the message's name in
    /// kebab-case. Others bind to it.
    /// </summary>
    public MessagingConfigurator Publishes<TMessage>() where TMessage : class
    {
        Published.Add(typeof(TMessage));
        return this;
    }
}

/// <summary>Who answers at a queue for questions, and who may ask.</summary>
internal sealed record QuestionQueue(Type Consumer, string From);

/// <summary>The consumers of one queue.</summary>
public sealed class QueueConfigurator
{
    internal HashSet<Type> Consumers { get; } = [];

    internal Dictionary<Type, IReadOnlySet<string>?> Senders { get; } = [];

    internal HashSet<Type> Events { get; } = [];

    internal Type? Preparation { get; private set; }

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

    /// <summary>
    /// Deliveries that wait together are consumed in one transaction, and what their consumers need first is locked and
    /// read for all of them at once. Not for consumers with effects outside the database.
    /// </summary>
    /// <typeparam name="TPreparation">A <see cref="BatchPreparation{TKey, TValue}"/>; one for all batches.</typeparam>
    public QueueConfigurator InBatches<TPreparation>() where TPreparation : BatchPreparation
    {
        Preparation = typeof(TPreparation);
        return this;
    }

    /// <summary>
    /// Who may send a message to this queue, beside the service itself. Without this call only the service itself may.
    /// A message from anybody else is put aside.
    /// </summary>
    /// <param name="senders">Users of the broker. When there are none, every user may send, and the consumer checks
    /// further, because only the message tells whose it is (<see cref="Sender"/>).</param>
    public QueueConfigurator From<TMessage>(params string[] senders) where TMessage : class
    {
        Senders[typeof(TMessage)] = senders.Length == 0 ? null : senders.ToHashSet(StringComparer.Ordinal);
        return this;
    }

    /// <summary>
    /// The queue gets an event that another service publishes. The binding is made by the command <c>broker</c>, with
    /// an administrator's right: the exchange is not this service's.
    /// </summary>
    /// <param name="publishers">The broker's users who publish it. When there are none, every user may, and the
    /// consumer checks whom the event speaks of (<see cref="Sender"/>).</param>
    public QueueConfigurator Hears<TEvent>(params string[] publishers) where TEvent : class
    {
        Events.Add(typeof(TEvent));
        return From<TEvent>(publishers);
    }

    /// <summary>A MassTransit consumer; it is created in a scope of its own for every delivery.</summary>
    public QueueConfigurator Consumer<TConsumer>() where TConsumer : class, IConsumer
    {
        Consumers.Add(typeof(TConsumer));
        return this;
    }
}
