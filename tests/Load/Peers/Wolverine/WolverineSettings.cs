using JasperFx.CodeGeneration;
using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;
using Mpp.Peers.Agencies;
using Mpp.Peers.Coordinator;
using Npgsql;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.EntityFrameworkCore;
using Wolverine.ErrorHandling;
using Wolverine.Persistence;
using Wolverine.Postgresql;
using Wolverine.RabbitMQ;

namespace Mpp.Peers;

/// <summary>
/// The settings that Wolverine's documentation gives for durable messages that go fast. Each names its page below
/// <c>wolverinefx.net/guide</c>.
/// </summary>
internal static class WolverineSettings
{
    /// <summary>The schema of Wolverine's own tables.</summary>
    private const string Envelopes = "wolverine";

    public static void Apply(
        WolverineOptions options, PeerRole role, NpgsqlDataSource database, IConfiguration configuration)
    {
        options.ServiceName = role.Name;
        options.Discovery.DisableConventionalDiscovery();
        // durability/leadership-and-troubleshooting, "Solo Mode": one process, so no elections and no sweeps after
        // other nodes, and what a killed process left is taken up at once.
        options.Durability.Mode = DurabilityMode.Solo;
        options.PersistMessagesWithPostgresql(database, Envelopes);
        // durability/efcore/outbox-and-inbox: with the envelopes in the model, messages leave in the same batch of
        // statements as the rows. The saga storage would not do: steps and timeline are rows of their own
        // (durability/efcore/sagas, "When to Use EF Core vs Lightweight Storage").
        // durability/efcore/transactional-middleware, "Eager vs Lightweight Transactions": SaveChanges is the whole
        // transaction. The inbox is told after it, many messages at once; a message that comes again in between finds
        // its step done. Eager needed more processor time (72 against 61 ms an application, one turn each).
        options.UseEntityFrameworkCoreTransactions(TransactionMiddlewareMode.Lightweight);
        options.Policies.AutoApplyTransactions();
        options.Policies.UseDurableInboxOnAllListeners();
        options.Policies.UseDurableOutboxOnAllSendingEndpoints();
        GenerateCode(options, configuration);
        Connect(options, configuration);
        // Every process has all adapters, so that they are written once; its queue decides which it uses.
        options.Policies.DisableConventionalLocalRouting();
        options.Discovery.IncludeType(typeof(StepCompletedHandler)).IncludeType(typeof(StepRequestHandler));
        AddContext<CoordinatorDb>(options, database);
        AddContext<AgencyDb>(options, database);
        if (role == PeerRole.Coordinator)
        {
            Coordinate(options, configuration.GetValue("Announce", defaultValue: false));
        }
        else
        {
            Serve(options, role);
        }
    }

    private static void AddContext<TDbContext>(WolverineOptions options, NpgsqlDataSource database)
        where TDbContext : DbContext =>
        options.Services.AddDbContextWithWolverineIntegration<TDbContext>(
            context => context.UseNpgsql(database).UseSnakeCaseNamingConvention(), Envelopes);

    /// <summary>codegen, "Embedding Codegen": in production nothing is generated at run time.</summary>
    private static void GenerateCode(WolverineOptions options, IConfiguration configuration)
    {
        options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        if (configuration["Adapters"] is { } folder)
        {
            options.CodeGeneration.GeneratedCodeOutputPath = folder;
        }
    }

    private static void Connect(WolverineOptions options, IConfiguration configuration) =>
        options.UseRabbitMq(new Uri(configuration.GetConnectionString("RabbitMq")!))
            .AutoProvision()
            .UseQuorumQueues()
            // messaging/transports/rabbitmq/performance leaves confirms to the reader. Without them the outbox forgets
            // a message that the broker may never have stored.
            .ConfigureChannelCreation(channel =>
            {
                channel.PublisherConfirmationsEnabled = true;
                channel.PublisherConfirmationTrackingEnabled = true;
            });

    private static void Coordinate(WolverineOptions options, bool announces)
    {
        if (announces)
        {
            options.PublishMessage<ApplicationChanged>().ToRabbitExchange("application-changed");
        }

        options.PublishMessage<StepRequest>().ToRabbitQueue(PeerRole.CivilRegistry.Name);
        options.PublishMessage<StepRequest>().ToRabbitQueue(PeerRole.Bpjs.Name);
        // messaging/partitioning and tutorials/concurrency: answers about one application one after the other, nine
        // applications at a time. That is preferred to locks and to repeats after a conflict.
        options.MessagePartitioning.ByMessage<StepCompleted>(answer => answer.Step.ApplicationId.ToString());
        options.ListenToRabbitQueue(PeerRole.Coordinator.Name).PartitionProcessingByGroupId(PartitionSlots.Nine);
        options.OnException<DbUpdateConcurrencyException>().RetryTimes(3);
    }

    private static void Serve(WolverineOptions options, PeerRole role)
    {
        options.PublishMessage<StepCompleted>().ToRabbitQueue(PeerRole.Coordinator.Name);
        // messaging/listeners, "Maximum Parallel Messages": the default is five. As many as our services have; the
        // prefetch follows, twice as many (messaging/transports/rabbitmq/performance). Five were within the noise.
        options.ListenToRabbitQueue(role.Name).MaximumParallelMessages(16);
    }
}
