using MassTransit;
using Mpp.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>Who may do what at the broker, tried with plain AMQP as a foreign program would.</summary>
public sealed class SenderTests : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly ServersFixture _servers;
    private Uri _broker = null!;
    private TestDatabase _database = null!;
    private TestService _service = null!;

    public SenderTests(ServersFixture servers) => _servers = servers;

    public async Task InitializeAsync()
    {
        _broker = await _servers.CreateVirtualHostAsync("senders");
        _database = await TestDatabase.CreateAsync(await _servers.CreateDatabaseAsync("senders"));
        _service = await TestService.StartAsync(_database.ConnectionString, UriOf("police"), messaging => messaging
            .Queue("police", queue => queue
                .Consumer<WorkConsumer>().Consumer<DoneConsumer>()
                .From<Work>("applications")));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("applications", true)]
    [InlineData("payments", false)]
    [InlineData(null, false)]
    public async Task A_message_takes_effect_only_from_whom_it_is_expected(string? sender, bool takesEffect)
    {
        await using var broker = await Broker.ConnectAsync(_broker);
        await using var replies = await Broker.ConnectAsync(UriOf("applications"));
        await replies.DeclareQuorumQueueAsync("applications");

        await SendAsync(new Work(Guid.NewGuid(), "applications"), sender);

        await Eventually.BeAsync(
            async () => (await _database.CountAsync("effects"), await broker.CountAsync("police_error"),
                await broker.CountAsync("applications")),
            takesEffect ? (1L, 0u, 1u) : (0L, 1u, 0u));
        (await _database.CountAsync("inbox")).ShouldBe(takesEffect ? 1 : 0);
        if (!takesEffect)
        {
            var failed = (await broker.TakeAsync("police_error"))!.BasicProperties;
            var first = failed.Headers!["Mpp-User"] as byte[];
            System.Text.Encoding.UTF8.GetString(first ?? []).ShouldBe(sender ?? "");
            failed.IsUserIdPresent().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_message_that_nobody_else_is_named_for_is_the_services_own()
    {
        await using var broker = await Broker.ConnectAsync(_broker);

        await SendAsync(new Done(Guid.NewGuid()), "applications");
        await Eventually.BeAsync(() => broker.CountAsync("police_error"), 1u);
        await _service.SendAsync("police", new Done(Guid.NewGuid()));

        await Eventually.BeAsync(() => _database.CountAsync("effects"), 1);
    }

    [Fact]
    public async Task A_service_that_sends_a_message_on_keeps_the_name_of_who_sent_it_first()
    {
        await using var broker = await Broker.ConnectAsync(_broker);
        await SendAsync(new Work(Guid.NewGuid(), "applications"), "payments");
        await SendAsync(new Work(Guid.NewGuid(), "police"), "applications", fails: true);
        await Eventually.BeAsync(() => broker.CountAsync("police_error"), 2u);
        _service.Hooks.AfterWork = (_, _) => Task.CompletedTask;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var failed = (await broker.TakeAsync("police_error"))!;
            await broker.PassOnAsync(failed, "police", "police");
        }

        // One was the coordinator's, and is now done; the other is as foreign as before.
        await Eventually.BeAsync(
            async () => (await _database.CountAsync("effects") > 0, await broker.CountAsync("police_error")),
            (true, 1u));
    }

    [Fact]
    public async Task A_message_that_wants_its_fault_somewhere_is_put_aside_before_anybody_consumes_it()
    {
        await using var broker = await Broker.ConnectAsync(_broker);
        _service.Hooks.AfterWork = (_, _) => throw new InvalidOperationException("Never.");

        await SendAsync(new Work(Guid.NewGuid(), "applications"), "applications", faultsTo: "spy");

        await Eventually.BeAsync(() => broker.CountAsync("police_error"), 1u);
        (await broker.ExchangeExistsAsync("spy")).ShouldBeFalse();
        // The channel was not closed over it: the next message finds its consumer at once.
        _service.Hooks.AfterWork = (_, _) => Task.CompletedTask;
        await broker.DeclareQuorumQueueAsync("applications");
        await SendAsync(new Work(Guid.NewGuid(), "applications"), "applications");
        await Eventually.BeAsync(() => _database.CountAsync("effects"), 1);
    }

    [Theory]
    // What another has: its queue, its exchange, a queue of its own that hears another's exchange, its failures.
    [InlineData("health", "read police")]
    [InlineData("health", "bind police")]
    [InlineData("health", "read police_error")]
    [InlineData("health", "declare police")]
    [InlineData("health", "delete police")]
    [InlineData("health", "declare spy")]
    [InlineData("health", "bind application-changed")]
    // Nobody commands an agency but the coordinator, and nobody pays but the payments.
    [InlineData("health", "send police")]
    [InlineData("health", "send police-prechecks")]
    [InlineData("health", "send payments")]
    [InlineData("payments", "send police")]
    [InlineData("payments", "send application-changed")]
    [InlineData("applications", "read police")]
    [InlineData("applications", "declare police")]
    // Past all exchanges, to the queue itself.
    [InlineData("health", "default police")]
    [InlineData("health", "as applications")]
    public async Task A_user_may_not(string user, string what)
    {
        await using var connection = await new ConnectionFactory { Uri = UriOf(user) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await using (var administrator = await Broker.ConnectAsync(_broker))
        {
            foreach (var name in new[] { "police_error", "police-prechecks", "payments", "application-changed" })
            {
                await administrator.DeclareExchangeAsync(name);
            }

            await administrator.DeclareExchangeAsync("applications");
        }

        var (verb, name2) = (what.Split(' ')[0], what.Split(' ')[1]);
        var fault = await Should.ThrowAsync<Exception>(verb switch
        {
            "read" => channel.BasicGetAsync(name2, autoAck: true),
            "bind" => BindAsync(channel, user, name2),
            "declare" => channel.QueueDeclareAsync(name2, durable: true, exclusive: false, autoDelete: false),
            "delete" => channel.ExchangeDeleteAsync(name2),
            "send" => channel.BasicPublishAsync(name2, "", true, new BasicProperties(), "{}"u8.ToArray()).AsTask(),
            "default" => channel.BasicPublishAsync("", name2, true, new BasicProperties(), "{}"u8.ToArray()).AsTask(),
            _ => channel.BasicPublishAsync(
                "applications", "", true, new BasicProperties { UserId = name2 }, "{}"u8.ToArray()).AsTask(),
        });

        var closed = fault as OperationInterruptedException ?? fault.InnerException as OperationInterruptedException;
        closed.ShouldNotBeNull(fault.ToString());
        ((int)closed.ShutdownReason!.ReplyCode).ShouldBe(
            verb == "as" ? (int)Constants.PreconditionFailed : Constants.AccessRefused, fault.ToString());
    }

    private static async Task BindAsync(IChannel channel, string user, string exchange)
    {
        await channel.QueueDeclareAsync(user, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(user, exchange, "");
    }

    private Uri UriOf(string user) => _servers.Servers.BrokerUri(_broker, user);

    private async Task SendAsync<T>(T message, string? sender, bool fails = false, string? faultsTo = null)
        where T : class
    {
        if (fails)
        {
            _service.Hooks.AfterWork = (_, _) => throw new InvalidOperationException("Not today.");
        }

        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(_broker));
        await bus.StartAsync();
        var endpoint = await bus.GetSendEndpoint(new Uri("exchange:police"));
        await endpoint.Send(message, context =>
        {
            if (sender is not null)
            {
                context.As(sender);
            }

            context.FaultAddress = faultsTo is null ? null : new Uri($"exchange:{faultsTo}");
        });
        await bus.StopAsync();
    }
}
