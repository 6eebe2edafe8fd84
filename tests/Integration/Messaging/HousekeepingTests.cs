using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Shouldly;

using Mpp.Messaging.Inbox;
using Mpp.Messaging.Telemetry;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class HousekeepingTests(MessagingServers servers)
{
    [Fact]
    public async Task The_inbox_forgets_what_is_past_its_retention_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        await database.ExecuteAsync("INSERT INTO inbox SELECT gen_random_uuid(), "
            + "'a/b', now() - interval '11 days' FROM generate_series(1, 12000)");
        await database.ExecuteAsync("INSERT INTO inbox SELECT gen_random_uuid(), "
            + "'a/b', now() - interval '9 days' FROM generate_series(1, 100)");
        var cleanup = service.Services.GetServices<IHostedService>().OfType<InboxCleanup>().Single();

        (await cleanup.CleanAsync(default)).ShouldBe(12000);

        (await database.CountAsync("inbox")).ShouldBe(100);
    }

    [Fact]
    public async Task The_gauges_say_how_old_the_oldest_message_is_and_how_many_wait_for_an_operator()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        await service.SendAsync("nobody", new Done(Guid.NewGuid()), new Done(Guid.NewGuid()));
        await database.ExecuteAsync(
            "UPDATE outbox SET created_at = now() - interval '1 hour' WHERE id = (SELECT min(id) FROM outbox)");
        await database.ExecuteAsync(
            "INSERT INTO outbox_dead (message_id, destination, content_type, body, attempts, created_at, died_at, "
                + "error) SELECT gen_random_uuid(), 'queue:x', 'x', '', 10, now(), now(), 'x'");
        await database.ExecuteAsync("ANALYZE outbox");
        var monitor = service.Services.GetServices<IHostedService>().OfType<MessagingMonitor>().Single();

        var state = await monitor.ReadAsync(default);

        state.OldestAge.ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));
        state.Pending.ShouldBe(2);
        state.Dead.ShouldBe(1);

        service.Services.GetRequiredService<MessagingMeters>().State = state;
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument)
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) => measured.TryAdd(instrument.Meter.Name + "/" + instrument.Name, value));
        listener.Start();
        listener.RecordObservableInstruments();
        measured.ShouldContainKey("Mpp.Messaging/mpp.outbox.oldest.age");
    }

    [Fact]
    public async Task A_service_without_the_interceptors_of_its_container_does_not_start()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(
            database.ConnectionString, servers.RabbitMq, _ => { }, services: services =>
            {
                services.RemoveAll<DbContextOptions<TestDbContext>>();
                services.RemoveAll<TestDbContext>();
                services.AddScoped(provider => new TestDbContext(new DbContextOptionsBuilder<TestDbContext>()
                    .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).Options));
            });

        (await Should.ThrowAsync<InvalidOperationException>(() => service.StartAsync())).Message
            .ShouldContain("interceptors");
    }

    [Theory]
    [InlineData("Messaging:BatchSize", "0")]
    [InlineData("Messaging:Prefetch", "100000")]
    [InlineData("Messaging:FirstRetryDelay", "01:00:00")]
    public async Task A_service_with_a_limit_out_of_range_says_which_and_does_not_start(string key, string value)
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(
            database.ConnectionString, servers.RabbitMq, _ => { }, [new(key, value)]);

        (await Should.ThrowAsync<OptionsValidationException>(() => service.StartAsync())).Message
            .ShouldContain(key.Split(':')[1]);
    }

    [Fact]
    public async Task A_service_with_an_address_that_is_none_says_so()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, new Uri("http://localhost"), _ => { });

        (await Should.ThrowAsync<Exception>(() => service.StartAsync()))
            .ToString().ShouldContain("ConnectionStrings:RabbitMq");
    }
}
