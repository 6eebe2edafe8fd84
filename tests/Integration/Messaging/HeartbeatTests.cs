using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Contracts.Operations;
using Mpp.Hosting.Database;
using Mpp.Messaging;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>What a service says of itself to whoever listens, with the rights that its user has.</summary>
public sealed class HeartbeatTests : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServersFixture _servers;
    private readonly ConcurrentQueue<(string? Sender, ServiceHeartbeat Beat)> _heard = [];
    private Uri _broker = null!;

    public HeartbeatTests(ServersFixture servers) => _servers = servers;

    public async Task InitializeAsync() => _broker = await _servers.CreateVirtualHostAsync("heartbeats");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_process_says_how_it_is_until_it_stops()
    {
        await using var listener = await ListenAsync();
        await using var broker = await Broker.ConnectAsync(_broker);
        await using var database = await TestDatabase.CreateAsync(await _servers.CreateDatabaseAsync("beating"));
        var (cable, address) = Cable.ToPostgres(database.ConnectionString);
        await using var postgres = cable;
        await using var service = await StartAsync(address);

        var first = await HearAsync(_ => true);
        first.Sender.ShouldBe("police");
        first.Beat.Service.ShouldBe("police");
        first.Beat.IntervalSeconds.ShouldBe(1);
        first.Beat.Version.ShouldNotBe("unknown");
        first.Beat.At.ShouldBeGreaterThanOrEqualTo(first.Beat.StartedAt);
        var well = await HearAsync(
            beat => beat is { Failing.Count: 0, Outbox: not null, Queues: [{ Consumers: 1 }, ..] });
        well.Beat.Process.ShouldBe(first.Beat.Process);
        well.Beat.Outbox.ShouldBe(new OutboxFigures(0, 0, 0, 0, 0));
        well.Beat.Queues.ShouldBe(
            [new QueueFigures("police", 0, 1), new("police_error", 0, 0), new("police_skipped", 0, 0)]);

        await broker.PublishAsync("police_error", "{}"u8.ToArray());
        await HearAsync(beat => beat.Queues.Contains(new QueueFigures("police_error", 1, 0)));

        cable.Cut();
        await HearAsync(beat => beat.Failing.SequenceEqual(["database"]) && beat.Outbox is null);
        cable.Restore();
        await HearAsync(beat => beat.Failing.Count == 0 && beat.Outbox is not null);

        await service.DisposeAsync();
        _heard.Clear();
        (await HearsAsync(_ => true, TimeSpan.FromSeconds(3))).ShouldBeNull();
    }

    [Fact]
    public async Task Timers_that_do_not_fire_are_told()
    {
        await using var listener = await ListenAsync();
        await using var database = await TestDatabase.CreateAsync(await _servers.CreateDatabaseAsync("late"));
        await using var service = await StartAsync(
            database.ConnectionString, [new("Messaging:TimerInterval", "00:01:00")]);
        await HearAsync(beat => beat.Outbox is { TimersOverdue: 0 });

        foreach (var (name, seconds) in new[] { ("late", 11), ("due", 1), ("set", -60) })
        {
            await database.ExecuteAsync(
                "INSERT INTO timers (owner_id, name, due_at, message_id, destination, content_type, body) VALUES "
                + $"(gen_random_uuid(), '{name}', now() - interval '{seconds} s', gen_random_uuid(), 'queue:x', '', "
                + "'')");
        }

        await HearAsync(beat => beat.Outbox is { TimersOverdue: 1 });
    }

    [Fact]
    public async Task Where_nobody_has_declared_the_exchange_messages_go_their_way_all_the_same()
    {
        var lonely = await _servers.CreateVirtualHostAsync("lonely");
        await using var database = await TestDatabase.CreateAsync(await _servers.CreateDatabaseAsync("lonely"));
        await using var broker = await Broker.ConnectAsync(lonely);
        await using var service = await StartAsync(database.ConnectionString, broker: lonely);
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(4);

        var sent = 0;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            await service.SendAsync("police", new Done(Guid.NewGuid()));
            await Eventually.BeAsync(() => database.CountAsync("effects"), ++sent);
        }

        (await broker.ExchangeExistsAsync("service-heartbeat")).ShouldBeFalse();
        (await database.CountAsync("outbox_retry")).ShouldBe(0);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
    }

    private Task<TestService> StartAsync(
        string database, IEnumerable<KeyValuePair<string, string?>>? settings = null, Uri? broker = null) =>
        TestService.StartAsync(
            database, _servers.Servers.BrokerUri(broker ?? _broker, "police"),
            messaging => messaging.Queue("police", queue => queue.Consumer<DoneConsumer>()),
            [
                new("Messaging:HeartbeatInterval", "00:00:01"), new("Messaging:MonitorInterval", "00:00:01"),
                .. settings ?? [],
            ],
            services => services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"]));

    /// <summary>Another service, as it hears events of others.</summary>
    private async Task<TestService> ListenAsync()
    {
        var database = await TestDatabase.CreateAsync(await _servers.CreateDatabaseAsync("listening"));
        await TestService.DeployAsync(database.ConnectionString, _broker, Hear);
        return await TestService.StartAsync(
            database.ConnectionString, _servers.Servers.BrokerUri(_broker, "applications"), Hear,
            [new("Messaging:HeartbeatInterval", "00:01:00")], services => services.AddSingleton(_heard));

        static void Hear(MessagingConfigurator messaging) => messaging.Queue(
            "applications", queue => queue.Consumer<BeatConsumer>().Hears<ServiceHeartbeat>());
    }

    private async Task<(string? Sender, ServiceHeartbeat Beat)> HearAsync(Predicate<ServiceHeartbeat> wanted) =>
        await HearsAsync(wanted, Patience) ?? throw new Xunit.Sdk.XunitException(
            $"It was not told in time; lately: {_heard.LastOrDefault().Beat}");

    /// <summary>The first that is as wanted, of those that come from now on; the rest is forgotten.</summary>
    private async Task<(string? Sender, ServiceHeartbeat Beat)?> HearsAsync(
        Predicate<ServiceHeartbeat> wanted, TimeSpan limit)
    {
        var until = TimeProvider.System.GetUtcNow() + limit;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            while (_heard.TryDequeue(out var heard))
            {
                if (heard.Beat.Service == "police" && wanted(heard.Beat))
                {
                    return heard;
                }
            }

            await Task.Delay(50);
        }

        return null;
    }

    public sealed class BeatConsumer(ConcurrentQueue<(string? Sender, ServiceHeartbeat Beat)> heard, Sender sender)
        : IConsumer<ServiceHeartbeat>
    {
        public Task Consume(ConsumeContext<ServiceHeartbeat> context)
        {
            heard.Enqueue((sender.Of(context), context.Message));
            return Task.CompletedTask;
        }
    }
}
