using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class ConsumeTests(MessagingServers servers)
{
    private readonly string _queue = "c" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_message_on_two_channels_at_once_takes_effect_once(bool claimFirst)
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var replies = _queue + "-replies";
        await broker.DeclareQuorumQueueAsync(replies);
        await broker.DeclareQuorumQueueAsync(_queue + "-spare");
        await using var sender = await TestService.StartAsync(database.ConnectionString, servers.RabbitMq, _ => { });
        await sender.SendAsync(_queue + "-spare", new Work(Guid.NewGuid(), replies));
        await Eventually.BeAsync(() => broker.CountAsync(_queue + "-spare"), 1u);
        var message = (await broker.TakeAsync(_queue + "-spare"))!;

        await using var first = await ConsumingAsync();
        await using var second = await ConsumingAsync();
        var acknowledged = new Acknowledged();
        foreach (var service in new[] { first, second })
        {
            service.Services.GetRequiredService<IBus>().ConnectReceiveObserver(acknowledged);
        }

        await broker.RepeatAsync(message, _queue, 50);

        await Eventually.BeAsync(() => broker.CountAsync(replies), 1u);
        // What has left the queue goes back to it when its consumer stops before it has acknowledged.
        await Eventually.BeAsync(() => Task.FromResult(acknowledged.Count), 50);
        await first.DisposeAsync();
        await second.DisposeAsync();
        (await database.CountAsync("effects")).ShouldBe(1);
        (await database.CountAsync("inbox")).ShouldBe(1);
        (await broker.CountAsync(replies)).ShouldBe(1u);
        (await broker.CountAsync(_queue + "_error")).ShouldBe(0u);
        (await broker.CountAsync(_queue + "_skipped")).ShouldBe(0u);
        (await broker.CountAsync(_queue)).ShouldBe(0u);

        Task<TestService> ConsumingAsync() => TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging.Queue(_queue, q =>
            {
                q.ClaimFirst = claimFirst;
                q.Consumer<WorkConsumer>();
            }));
    }

    [Fact]
    public async Task A_duplicate_that_meets_its_own_earlier_effects_is_no_failure()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await database.ExecuteAsync("CREATE UNIQUE INDEX ON effects (work_id)");
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var replies = _queue + "-replies";
        await broker.DeclareQuorumQueueAsync(replies);
        await using var service = await TestService.StartAsync(database.ConnectionString, servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()));
        await broker.DeclareQuorumQueueAsync(_queue + "-spare");
        await service.SendAsync(_queue + "-spare", new Work(Guid.NewGuid(), replies));
        await Eventually.BeAsync(() => broker.CountAsync(_queue + "-spare"), 1u);
        var message = (await broker.TakeAsync(_queue + "-spare"))!;
        service.Hooks.AfterWork = async (work, _) =>
        {
            // A handler that finds its work done and takes that for an error.
            if (await database.ScalarAsync<long>($"SELECT count(*) FROM effects WHERE work_id = '{work.Id}'") > 0)
            {
                throw new InvalidOperationException("This has been done before.");
            }
        };

        await broker.RepeatAsync(message, _queue, 1);
        await Eventually.BeAsync(() => broker.CountAsync(replies), 1u);
        await broker.RepeatAsync(message, _queue, 3);
        await Eventually.BeAsync(() => broker.CountAsync(_queue), 0u);
        await service.DisposeAsync();

        (await database.CountAsync("effects")).ShouldBe(1);
        (await broker.CountAsync(replies)).ShouldBe(1u);
        (await broker.CountAsync(_queue + "_error")).ShouldBe(0u);
    }

    [Fact]
    public async Task What_a_late_task_of_a_handler_sends_is_not_lost()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var replies = _queue + "-replies";
        await broker.DeclareQuorumQueueAsync(replies);
        await using var service = await TestService.StartAsync(database.ConnectionString, servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()));
        service.Hooks.AfterWork = (work, context) =>
        {
            context.AddConsumeTask(LateAsync());
            return Task.CompletedTask;

            async Task LateAsync()
            {
                await Task.Delay(300);
                var endpoint = await context.GetSendEndpoint(new Uri("exchange:" + replies));
                await endpoint.Send(new Done(work.Id));
            }
        };

        await service.SendAsync(_queue, new Work(Guid.NewGuid(), replies));

        await Eventually.BeAsync(() => broker.CountAsync(replies), 2u);
    }

    [Fact]
    public async Task A_handler_that_fails_is_repeated_from_scratch_and_leaves_nothing_of_its_failures()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var replies = _queue + "-replies";
        await broker.DeclareQuorumQueueAsync(replies);
        await using var service = await TestService.StartAsync(database.ConnectionString, servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()));
        var attempts = 0;
        service.Hooks.AfterWork =
            (_, _) => ++attempts < 3 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;

        await service.SendAsync(_queue, new Work(Guid.NewGuid(), replies));

        await Eventually.BeAsync(() => broker.CountAsync(replies), 1u);
        attempts.ShouldBe(3);
        (await database.CountAsync("effects")).ShouldBe(1);
        (await broker.CountAsync(_queue + "_error")).ShouldBe(0u);
    }

    [Fact]
    public async Task A_message_that_no_attempt_can_handle_ends_in_the_error_queue_without_effects()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using var service = await TestService.StartAsync(
            database.ConnectionString,
            servers.RabbitMq, messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()),
            new Dictionary<string, string?>
            {
                ["Messaging:RetryDelays:0"] = "00:00:00.010",
                ["Messaging:RetryDelays:1"] = "00:00:00.010"
            });
        var attempts = 0;
        service.Hooks.AfterWork = (_, _) =>
        {
            attempts++;
            throw new InvalidOperationException("Never.");
        };

        await service.SendAsync(_queue, new Work(Guid.NewGuid(), "nowhere"));

        await Eventually.BeAsync(() => broker.CountAsync(_queue + "_error"), 1u);
        attempts.ShouldBe(3);
        (await database.CountAsync("effects")).ShouldBe(0);
        (await database.CountAsync("inbox")).ShouldBe(0);
        (await database.CountAsync("outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_nobody_handles_ends_in_the_skipped_queue()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using var service = await TestService.StartAsync(database.ConnectionString, servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()));

        await service.SendAsync(_queue, new Told(Guid.NewGuid()));

        await Eventually.BeAsync(() => broker.CountAsync(_queue + "_skipped"), 1u);
    }

    [Fact]
    public async Task A_message_that_keeps_killing_its_consumer_ends_in_the_error_queue()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using (var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()),
            new Dictionary<string, string?> { ["Messaging:DeliveryLimit"] = "3" }))
        {
            // The failure queue is there before the first failure.
            (await broker.CountAsync(_queue + "_error")).ShouldBe(0u);
        }

        await broker.PublishAsync(_queue, "deadly"u8.ToArray());

        // Each connection takes the message and is gone without a word.
        for (var death = 0; death < 4; death++)
        {
            await Eventually.BeAsync(() => broker.CountAsync(_queue), 1u);
            await using var victim = await Broker.ConnectAsync(servers.RabbitMq);
            await victim.TakeAndDieAsync(_queue);
        }

        await Eventually.BeAsync(() => broker.CountAsync(_queue + "_error"), 1u);
        var dead = (await broker.TakeAsync(_queue + "_error"))!;
        dead.BasicProperties.Headers!.ShouldContainKey("x-death");
    }

    /// <summary>Counts the deliveries that RabbitMQ has been told are done with.</summary>
    private sealed class Acknowledged : IReceiveObserver
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class =>
            Task.CompletedTask;

        public Task ConsumeFault<T>(
            ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class =>
            Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }
}
