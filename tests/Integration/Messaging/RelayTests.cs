using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Messaging.Broker;
using Mpp.Messaging.Relay;
using Mpp.Messaging.Tables;
using Mpp.Messaging;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class RelayTests(MessagingServers servers)
{
    private readonly string _queue = "r" + Guid.NewGuid().ToString("N")[..8];

    private static readonly Dictionary<string, string?> Hurried = new(StringComparer.Ordinal)
    {
        ["Messaging:FirstRetryDelay"] = "00:00:00.100",
        ["Messaging:LongestRetryDelay"] = "00:00:00.400",
        ["Messaging:TimerInterval"] = "00:00:00.100",
        ["Messaging:MaximumAttempts"] = "4",
    };

    [Fact]
    public async Task A_command_to_a_queue_that_nobody_has_declared_waits_until_somebody_does()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, _ => { }, Settings(("Messaging:MaximumAttempts", "100")));

        await service.SendAsync(_queue, new Done(Guid.NewGuid()));
        await Eventually.BeAsync(
            () => database.ScalarAsync<bool>("SELECT coalesce(max(attempts), 0) >= 2 FROM outbox_retry"), true);
        await broker.DeclareQuorumQueueAsync(_queue);

        await Eventually.BeAsync(() => broker.CountAsync(_queue), 1u);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_that_finds_no_queue_is_kept_for_an_operator_who_sends_it_again()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, _ => { }, Hurried);

        await service.SendAsync(_queue, new Done(Guid.NewGuid()), new Done(Guid.NewGuid()));
        await Eventually.BeAsync(() => database.CountAsync("outbox_dead"), 2);

        var operators = service.Services.GetRequiredService<IDeadMessages>();
        var dead = await operators.ListAsync(0, 10, default);
        dead.Count.ShouldBe(2);
        dead.ShouldAllBe(message => message.Destination == "queue:" + _queue
            && message.Attempts == 4 && message.Error.StartsWith("NOT_FOUND - no exchange", StringComparison.Ordinal));
        (await operators.ListAsync(dead[0].Id, 10, default)).Count.ShouldBe(1);

        await broker.DeclareQuorumQueueAsync(_queue);
        (await operators.RedriveAsync([.. dead.Select(message => message.Id)], default)).ShouldBe(2);

        await Eventually.BeAsync(() => broker.CountAsync(_queue), 2u);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
        var delivered = (await broker.TakeAsync(_queue))!.BasicProperties.MessageId;
        dead.Select(message => message.MessageId.ToString()).ShouldContain(delivered);
    }

    [Fact]
    public async Task A_row_that_cannot_be_sent_does_not_hold_up_its_batch()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await broker.DeclareQuorumQueueAsync(_queue);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { }, Hurried);
        await service.SendAsync(_queue, Enumerable.Range(0, 100).Select(_ => new Done(Guid.NewGuid())));
        // One whose headers are no object, one whose type of content is none, one that nobody receives: all in the
        // middle of the batch.
        await database.ExecuteAsync("UPDATE outbox SET headers = '[1]' WHERE id = (SELECT min(id) + 10 FROM outbox)");
        await database.ExecuteAsync(
            "UPDATE outbox SET content_type = 'nonsense' WHERE id = (SELECT min(id) + 20 FROM outbox)");
        await database.ExecuteAsync(
            "UPDATE outbox SET destination = 'queue:nobody-at-all' WHERE id = (SELECT min(id) + 30 FROM outbox)");

        await service.StartAsync();

        await Eventually.BeAsync(() => database.CountAsync("outbox_dead"), 3);
        await Eventually.BeAsync(
            async () => (await database.CountAsync("outbox"), await database.CountAsync("outbox_retry")), (0L, 0L));
        // What is on the way when the broker closes the channel is sent once more: the inbox knows it.
        var delivered = new HashSet<string>(StringComparer.Ordinal);
        while (await broker.TakeAsync(_queue) is { } message)
        {
            delivered.Add(message.BasicProperties.MessageId!);
        }

        delivered.Count.ShouldBe(97);
    }

    [Fact]
    public async Task Ten_attempts_span_minutes()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        var relay = service.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<OutboxRelay>().Single();

        var span = Enumerable.Range(1, new MessagingOptions().MaximumAttempts - 1)
            .Aggregate(TimeSpan.Zero, (sum, attempt) => sum + relay.Delay(attempt));

        span.ShouldBeGreaterThan(TimeSpan.FromMinutes(5));
        span.ShouldBeLessThan(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Two_relays_share_the_work_and_send_nothing_twice()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await broker.DeclareQuorumQueueAsync(_queue);
        var settings = Settings(("Messaging:BatchSize", "50"));
        await using var first = TestService.Build(
            database.ConnectionString, servers.RabbitMq, _ => { }, settings, Counting);
        await using var second = TestService.Build(
            database.ConnectionString, servers.RabbitMq, _ => { }, settings, Counting);
        await first.SendAsync(_queue, Enumerable.Range(0, 3000).Select(_ => new Done(Guid.NewGuid())));

        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        await Eventually.BeAsync(() => broker.CountAsync(_queue), 3000u);
        var _sent = new[] { first, second }.Select(
            service => ((CountingPublisher)service.Services.GetRequiredService<OutboxPublisher>()).Sent).ToList();
        _sent.Sum().ShouldBe(3000);
        _sent.ShouldAllBe(count => count > 0);
    }

    [Fact]
    public async Task The_claim_walks_the_key_and_touches_few_buffers_behind_fifty_thousand_dead_rows()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        const string insert =
            """
            INSERT INTO outbox (message_id, destination, content_type, body, attempts, created_at)
            SELECT gen_random_uuid(), 'queue:x', 'application/json', decode(repeat('00', 400), 'hex'), 0, now()
            FROM generate_series(1, {0})
            """;
        await database.ExecuteAsync("ALTER TABLE outbox SET (autovacuum_enabled = off)");
        await database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, insert, 50_000));
        // As the relay leaves them: deleted from the head of the key, batch by batch, and not yet vacuumed.
        for (var batch = 0; batch < 100; batch++)
        {
            await database.ExecuteAsync(RelaySql.Claim.Replace("$1", "500", StringComparison.Ordinal));
        }

        await database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, insert, 500));
        await database.ExecuteAsync(RelaySql.Claim.Replace("$1", "0", StringComparison.Ordinal));

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        async Task<List<string>> ExplainAsync()
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var explain = new NpgsqlCommand(
                "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) "
                    + RelaySql.Claim.Replace("$1", "500", StringComparison.Ordinal), connection, transaction);
            var lines = new List<string>();
            await using var reader = await explain.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }

            await reader.CloseAsync();
            await transaction.RollbackAsync();
            return lines;
        }

        // The first pass marks the dead index entries; every later one skips them.
        await ExplainAsync();
        var plan = await ExplainAsync();

        var text = string.Join('\n', plan);
        text.ShouldContain("Index Scan using pk_outbox on outbox");
        text.ShouldNotContain("Seq Scan");
        var buffers = plan.Where(line => line.Contains("Buffers: shared", StringComparison.Ordinal)).Select(Hits).Max();
        buffers.ShouldBeLessThan(4000, text);
    }

    private static int Hits(string line) => line.Split(' ').Where(
        part => part.StartsWith("hit=", StringComparison.Ordinal) || part.StartsWith("read=", StringComparison.Ordinal))
        .Sum(part => int.Parse(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..],
            System.Globalization.CultureInfo.InvariantCulture));

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(Hurried, StringComparer.Ordinal);
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static void Counting(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<OutboxPublisher, CountingPublisher>());

    private sealed class CountingPublisher(ExchangeSender exchanges) : OutboxPublisher(exchanges)
    {
        private int _sent;

        public int Sent => _sent;

        public override Task SendAsync(OutboxRow row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _sent);
            return base.SendAsync(row, cancellationToken);
        }
    }
}
