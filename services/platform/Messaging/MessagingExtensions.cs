using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;

using Mpp.Hosting.Database;
using Mpp.Hosting.Start;
using Mpp.Messaging.Batches;
using Mpp.Messaging.Broker;
using Mpp.Messaging.Database;
using Mpp.Messaging.Heartbeats;
using Mpp.Messaging.Inbox;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Questions;
using Mpp.Messaging.Relay;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;
using Mpp.Messaging.Timers;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging;

/// <summary>
/// Messages in and out of a service, each exactly once in effect: the one call a service's Program.cs makes.
/// </summary>
public static class MessagingExtensions
{
    /// <summary>Its tables: outbox, outbox_retry, outbox_dead, inbox and timers.</summary>
    internal static readonly DatabaseScripts Scripts =
        DatabaseScripts.Of("messaging", typeof(MessagingExtensions).Assembly);

    /// <summary>
    /// Connects the service to RabbitMQ (<c>ConnectionStrings:RabbitMq</c>, an <c>amqp://</c> address) with
    /// MassTransit, and to its own outbox, inbox and timers in <typeparamref name="TDbContext"/>'s database
    /// (<c>ConnectionStrings:Database</c>). What a consumer or an endpoint publishes or sends with
    /// <c>IPublishEndpoint</c> and <see cref="ICommandSender"/> leaves in the transaction of its
    /// <c>SaveChangesAsync</c>, or not at all.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">The service's name. Its user at the broker has the same name, and the names of what it
    /// owns there begin with it.</param>
    /// <param name="configure">What it receives and publishes.</param>
    /// <remarks>
    /// <para>The DbContext itself is registered by the host (<c>AddDatabase</c>, pooled or not), which must add every
    /// <see cref="IInterceptor"/> of the container to its options: timers need one of them, and the service refuses to
    /// start without it. An execution strategy that retries (<c>EnableRetryOnFailure</c>) cannot be combined with the
    /// transaction that the pipeline opens; a failed attempt is repeated as a whole, in a fresh scope.</para>
    /// <para>Limits and times are options, section <c>Messaging</c>: see <see cref="MessagingOptions"/>.</para>
    /// </remarks>
    public static IHostApplicationBuilder AddMessaging<TDbContext>(
        this IHostApplicationBuilder builder, string service, Action<MessagingConfigurator> configure)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var configurator = new MessagingConfigurator();
        configure(configurator);

        var services = builder.Services;
        services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>();
        services.AddOptions<BrokerAddressCheck.AtStart>().ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<BrokerAddressCheck.AtStart>, BrokerAddressCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Scripts);
        services.TryAddSingleton<MessagingDatabase>();
        services.TryAddSingleton<DatabaseGate>();
        services.TryAddSingleton<RelaySignal>();
        services.TryAddSingleton<MessagingMeters>();
        services.TryAddSingleton(_ =>
            BrokerAddress.Parse(builder.Configuration.GetConnectionString(BrokerAddress.ConnectionString)));
        services.TryAddSingleton(provider => new Sender(provider.GetRequiredService<BrokerAddress>()));
        services.TryAddSingleton<BrokerDeployment>();
        services.TryAddSingleton<IBrokerDeployment>(provider => provider.GetRequiredService<BrokerDeployment>());
        services.TryAddSingleton<ExchangeSender>();
        services.TryAddSingleton<OutboxPublisher>();
        services.TryAddSingleton<WritesInterceptor>();
        services.TryAddSingleton<CommitInterceptor>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<CommitInterceptor>());
        services.AddSingleton(configurator);
        services.TryAddSingleton<Lanes<TDbContext>>();
        foreach (var preparation in configurator.Queues.Values.Select(queue => queue.Preparation).OfType<Type>())
        {
            services.TryAddSingleton(preparation);
        }

        services.TryAddScoped(typeof(Prepared<,>));
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<WritesInterceptor>());
        services.TryAddSingleton<IDeadMessages, DeadMessages>();
        services.TryAddSingleton<IQuestions, QuestionClient>();
        services.TryAddSingleton<SideConnection>();
        services.TryAddSingleton<Condition>();
        services.TryAddSingleton<OwnQueues>();

        services.TryAddSingleton<AfterCommitActions>();
        services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<AfterCommitActions>());
        services.TryAddScoped<IAfterCommit, AfterCommit<TDbContext>>();
        services.TryAddScoped<ICommandSender, CommandSender>();
        services.TryAddScoped<PendingWrites<TDbContext>>();
        services.TryAddScoped<IBatchedWrites>(provider => provider.GetRequiredService<PendingWrites<TDbContext>>());
        services.TryAddScoped<ITimers, TimerService<TDbContext>>();
        services.TryAddScoped<IOutboxContextFactory<TDbContext>, InboxContextFactory<TDbContext>>();

        services.AddHostedService<MessagingCheck<TDbContext>>();
        services.AddHostedService<BrokerWait>();
        services.AddBus<TDbContext>(builder.Configuration, service, configurator);
        services.Replace(ServiceDescriptor.Scoped<IScopedBusContextProvider<IBus>, DbContextBusProvider<TDbContext>>());

        // After the bus: hosted services stop in reverse order, so the relay ends before its connection does.
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<DuePump>();
        services.AddHostedService<InboxCleanup>();
        services.AddHostedService<MessagingMonitor>();
        services.AddHostedService<Heartbeat>();
        return builder;
    }

    /// <summary>
    /// Maps the outbox into a service's model: what an endpoint sends is saved with its changes. Call it in
    /// <c>OnModelCreating</c>; migrations leave it out.
    /// </summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Entity<OutboxRow>(outbox =>
        {
            outbox.ToTable("outbox", table => table.ExcludeFromMigrations());
            outbox.Property(row => row.Id).UseIdentityAlwaysColumn();
            outbox.Property(row => row.Headers).HasColumnType("jsonb");
            outbox.Property(row => row.Properties).HasColumnType("jsonb");
        });
    }
}
