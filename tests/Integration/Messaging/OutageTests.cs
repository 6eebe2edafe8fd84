using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Mpp.Integration.Hosting;
using Mpp.Messaging;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>Servers that go away under a service that works, and come back.</summary>
[Collection(MessagingCollection.Name)]
public sealed class OutageTests(MessagingServers servers)
{
    private const int Messages = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _queue = "o" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task A_service_starts_without_a_broker_and_sends_when_there_is_one()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await broker.DeclareQuorumQueueAsync(_queue);
        var (cable, address) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var rabbit = cable;
        cable.Cut();
        await using var service = TestService.Build(
            database.ConnectionString, address, _ => { }, [new("Messaging:PublishTimeout", "00:00:02")]);

        await service.StartAsync(wait: false);
        await service.SendAsync(_queue, Enumerable.Range(0, 50).Select(_ => new Done(Guid.NewGuid())));
        (await ReadinessAsync(service)).ShouldNotBe(HealthStatus.Healthy);
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await database.CountAsync("outbox")).ShouldBe(50);
        cable.Restore();

        await Eventually.BeAsync(() => broker.CountAsync(_queue), 50u, Patience);
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        await Eventually.BeAsync(() => ReadinessAsync(service), HealthStatus.Healthy, Patience);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(true, 60)]
    [InlineData(false, 4)]
    public async Task Work_goes_on_where_it_was_when_a_server_is_back(bool brokerGoes, int seconds)
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var (postgres, databaseAddress) = Cable.ToPostgres(database.ConnectionString);
        var (rabbit, brokerAddress) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var a = postgres;
        await using var b = rabbit;
        var service = await StartAsync(databaseAddress, brokerAddress);
        await service.SendAsync(
            _queue, Enumerable.Range(0, Messages).Select(_ => new Work(Guid.NewGuid(), _queue + "-done")));
        var cable = brokerGoes ? rabbit : postgres;

        await Eventually.BeAsync(async () => await database.CountAsync("effects") > 20, true);
        cable.Cut();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        cable.Restore();

        await EndsWellAsync(database, broker, service);
    }

    [Fact]
    public async Task Sessions_that_the_database_ends_cost_nothing_but_time()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var service = await StartAsync(database.ConnectionString, servers.RabbitMq);
        await service.SendAsync(
            _queue, Enumerable.Range(0, Messages).Select(_ => new Work(Guid.NewGuid(), _queue + "-done")));

        for (var round = 0; round < 8; round++)
        {
            await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await Task.Delay(150);
        }

        await EndsWellAsync(database, broker, service);
    }

    [Fact]
    public async Task A_question_whose_time_is_over_before_the_broker_takes_it_is_no_fault()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await broker.DeclareQuorumQueueAsync(_queue);
        var (cable, address) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var rabbit = cable;
        using var log = new CapturedLog();
        await using var service = await TestService.StartAsync(
            database.ConnectionString, address, _ => { },
            services: services => services.AddSingleton<ILoggerProvider>(log));
        var questions = service.Services.GetRequiredService<IQuestions>();
        await AskAsync();
        cable.Stall();

        (await AskAsync()).ShouldBeNull();
        cable.Restore();

        await service.SendAsync(_queue, new Done(Guid.NewGuid()));
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0, Patience);
        log.Lines.ShouldNotContain(line => line.Contains(" fail ", StringComparison.Ordinal));

        Task<Done?> AskAsync() => questions.AskAsync<Work, Done>(
            _queue, "nobody", new Work(Guid.NewGuid(), ""), TimeSpan.FromMilliseconds(300), CancellationToken.None);
    }

    private Task<TestService> StartAsync(string database, Uri rabbitMq) => TestService.StartAsync(
        database, rabbitMq, messaging => messaging
            .Queue(_queue, q => q.Consumer<WorkConsumer>())
            .Queue(_queue + "-done", q => q.Consumer<DoneConsumer>()),
        [new("Messaging:PublishTimeout", "00:00:02"), new("Messaging:FirstRetryDelay", "00:00:00.200")]);

    private async Task EndsWellAsync(TestDatabase database, Broker broker, TestService service)
    {
        await Eventually.BeAsync(() => database.ScalarAsync<long>(
            "SELECT count(DISTINCT work_id) FROM effects WHERE by = 'done'"), Messages, Patience);
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        await Eventually.BeAsync(() => database.CountAsync("outbox_retry"), 0);
        await Eventually.BeAsync(() => broker.CountAsync(_queue), 0u);
        await Eventually.BeAsync(() => broker.CountAsync(_queue + "-done"), 0u);
        await service.DisposeAsync();
        (await database.CountAsync("effects")).ShouldBe(2 * Messages);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
        foreach (var name in new[] { _queue, _queue + "-done" })
        {
            (await broker.CountAsync(name + "_error")).ShouldBe(0u);
            (await broker.CountAsync(name + "_skipped")).ShouldBe(0u);
        }
    }

    private static async Task<HealthStatus> ReadinessAsync(TestService service) =>
        (await service.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Tags.Contains("ready"))).Status;
}
