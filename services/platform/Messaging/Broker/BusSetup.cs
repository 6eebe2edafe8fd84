using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Contracts.Operations;
using Mpp.Messaging.Batches;

namespace Mpp.Messaging.Broker;

/// <summary>MassTransit on RabbitMQ: quorum queues, nothing dropped, retries outside the transaction.</summary>
internal static class BusSetup
{
    private const string DeliveryLimit = "x-delivery-limit";
    private const string DeadLetterExchange = "x-dead-letter-exchange";
    private const string DeadLetterStrategy = "x-dead-letter-strategy";
    private const string Overflow = "x-overflow";

    /// <summary>How long a question waits for its consumer, and its queue for a service, in milliseconds.</summary>
    private const int QuestionLifetime = 2_000;
    private const int QuestionQueueLifetime = 60_000;

    public static void AddBus<TDbContext>(
        this IServiceCollection services, IConfiguration configuration, string service,
        MessagingConfigurator configurator)
        where TDbContext : DbContext
    {
        services.AddSingleton(new QueueTable(configurator));
        services.AddMassTransit(bus =>
        {
            // A public service tells nobody outside how it is used.
            bus.DisableUsageTelemetry();
            // "ready": the readiness probe of the service includes its connection to the broker.
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "rabbitmq";
                health.Tags.Add("ready");
            });
            foreach (var consumer in Consumers(configurator))
            {
                bus.AddConsumer(consumer);
            }

            bus.UsingRabbitMq((context, rabbit) =>
            {
                var limits = context.GetRequiredService<IOptions<MessagingOptions>>().Value;
                var address = context.GetRequiredService<BrokerAddress>();
                var deployment = context.GetRequiredService<BrokerDeployment>();
                rabbit.Host(address.Host, address.Port, address.VirtualHost, service, host =>
                {
                    host.Username(address.User);
                    host.Password(address.Password);
                    host.Heartbeat(TimeSpan.FromSeconds(15));
                    host.OnRefreshConnectionFactory = factory =>
                    {
                        factory.SocketFactory = BrokerSocket.Create;
                        return Task.CompletedTask;
                    };
                    if (address.Secure)
                    {
                        host.UseSsl(ssl => ssl.ServerName = address.Host);
                    }
                });
                // MassTransit indents JSON by default. Nobody reads that, and outbox, broker and parser would all carry
                // it.
                rabbit.ConfigureJsonSerializerOptions(options =>
                {
                    options.WriteIndented = false;
                    options.Converters.Add(new Contracts.Rfc3339JsonConverter());
                    return options;
                });
                rabbit.DeployPublishTopology = true;
                rabbit.DeployTopologyOnly = deployment.IsAsked;
                rabbit.MessageTopology.SetEntityNameFormatter(new ExchangeNames(service));
                rabbit.OverrideDefaultBusEndpointQueueName($"{service}-answers-{Guid.NewGuid():N}");
                foreach (var message in configurator.Published)
                {
                    rabbit.Publish(message);
                }

                // MassTransit would declare an exchange for each of these too.
                foreach (var consumed in Consumers(configurator).SelectMany(Messages).Except(configurator.Published))
                {
                    rabbit.Publish(consumed, topology => topology.Exclude = true);
                }

                // Every service publishes it, so it is nobody's own: only the command declares it.
                rabbit.Publish<ServiceHeartbeat>(topology => topology.Exclude = !deployment.IsAsked);

                KeepFailures(rabbit, configurator);
                foreach (var (name, queue) in configurator.Queues)
                {
                    rabbit.ReceiveEndpoint(
                        name, endpoint => Receive<TDbContext>(endpoint, context, name, queue, limits));
                }

                foreach (var (name, questions) in configurator.QuestionQueues)
                {
                    rabbit.ReceiveEndpoint(name, endpoint => Answer(endpoint, context, questions, limits));
                }
            });
        });
    }

    private static IEnumerable<Type> Consumers(MessagingConfigurator configurator) =>
        configurator.Queues.Values.SelectMany(queue => queue.Consumers)
            .Concat(configurator.QuestionQueues.Values.Select(queue => queue.Consumer)).Distinct();

    private static IEnumerable<Type> Messages(Type consumer) => consumer.GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>))
        .Select(type => type.GenericTypeArguments[0]);

    private static void Receive<TDbContext>(
        IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, string name,
        QueueConfigurator queue, MessagingOptions limits)
        where TDbContext : DbContext
    {
        endpoint.SetQuorumQueue();
        // Messages come to the queue's own exchange, by name.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.UseFilter(new NoReplyAddress(context.GetRequiredService<Sender>()));
        if (context.GetRequiredService<BrokerDeployment>().IsAsked)
        {
            foreach (var heard in queue.Events)
            {
                endpoint.Bind(ExchangeNames.Of(heard));
            }
        }

        // A message that keeps killing its consumer ends where the other failures are. "at-least-once" needs
        // reject-publish.
        endpoint.SetQueueArgument(DeliveryLimit, limits.DeliveryLimit);
        endpoint.SetQueueArgument(DeadLetterExchange, FailureQueue.Errors(name));
        endpoint.SetQueueArgument(DeadLetterStrategy, "at-least-once");
        endpoint.SetQueueArgument(Overflow, "reject-publish");
        endpoint.ConfigureChannel(channel => channel.UseFilter(new ReceivingChannel.Filter()));
        // In a queue with batches, one batch is in work while the next one gathers.
        var atOnce = queue.ConcurrentMessages
            ?? (queue.Preparation is null ? limits.ConcurrentMessages : 2 * limits.BatchMessages);
        endpoint.ConcurrentMessageLimit = atOnce;
        endpoint.PrefetchCount = Math.Max(limits.Prefetch, atOnce);
        // Fault events would repeat the whole message, outside the outbox, to nobody. The error queue has it.
        endpoint.PublishFaults = false;

        // First, so outermost: every attempt has its own scope and transaction.
        var delays = limits.RetryDelays.Count > 0 ? [.. limits.RetryDelays] : MessagingOptions.DefaultRetryDelays;
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(delays);
            retry.Ignore<ForeignSenderException>();
        });
        endpoint.ConfigureError(pipe => pipe.UseFilter(new FailureQueue(FailureQueue.Errors(name))));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new FailureQueue(FailureQueue.Skipped(name))));
        if (queue.Preparation is not null)
        {
            endpoint.ConnectConsumerConfigurationObserver(new OwnScopes());
        }

        endpoint.ConnectConsumerConfigurationObserver(
            new OutboxConsumePipeSpecificationObserver<TDbContext>(endpoint, context));
        foreach (var consumer in queue.Consumers)
        {
            endpoint.ConfigureConsumer(context, consumer);
        }
    }

    /// <summary>
    /// A classic queue: what it holds needs no second copy, and the broker deletes it a minute after its last service
    /// has gone.
    /// </summary>
    private static void Answer(
        IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, QuestionQueue questions,
        MessagingOptions limits)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.UseFilter(new NoReplyAddress(context.GetRequiredService<Sender>()));
        endpoint.UseFilter(new QuestionSender(context.GetRequiredService<Sender>(), questions.From));
        endpoint.SetQueueArgument("x-message-ttl", QuestionLifetime);
        endpoint.SetQueueArgument("x-expires", QuestionQueueLifetime);
        endpoint.ConfigureChannel(channel => channel.UseFilter(new ReceivingChannel.Filter()));
        // The broker does not see how old a question gets once it is handed out, so it hands out no more than are in
        // work.
        endpoint.PrefetchCount = limits.ConcurrentMessages;
        endpoint.ConcurrentMessageLimit = limits.ConcurrentMessages;
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        endpoint.ConfigureConsumer(context, questions.Consumer);
    }

    /// <summary>
    /// The queues for failures are quorum queues too, without the delivery limit of their origin (looking at a message
    /// is a delivery), and exist from the start: the broker's own dead-lettering must find them.
    /// </summary>
    private static void KeepFailures(IRabbitMqBusFactoryConfigurator rabbit, MessagingConfigurator configurator)
    {
        rabbit.Publish<FailureQueues>(topology =>
        {
            foreach (var name in configurator.Queues.Keys)
            {
                foreach (var failures in new[] { FailureQueue.Errors(name), FailureQueue.Skipped(name) })
                {
                    topology.BindQueue(failures, failures, queue => queue.SetQuorumQueue());
                }
            }
        });
    }

    /// <summary>Carries the failure queues into the topology that is deployed at start; never published.</summary>
    internal interface FailureQueues;
}
