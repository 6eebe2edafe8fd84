using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;

using Mpp.Hosting.Clock;
using Mpp.Messaging;
using Mpp.Messaging.Inbox;
using Mpp.Messaging.Timers;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class TimerTests(MessagingServers servers)
{
    private readonly string _queue = "t" + Guid.NewGuid().ToString("N")[..8];

    private static readonly Dictionary<string, string?> Quick =
        new(StringComparer.Ordinal) { ["Messaging:TimerInterval"] = "00:00:00.050" };

    [Fact]
    public async Task Timers_fire_once_each_with_two_pumps()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await broker.DeclareQuorumQueueAsync(_queue);
        await using var first = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, _ => { }, Quick);
        await using var second = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, _ => { }, Quick);

        await first.RequestAsync(async (services, _) =>
        {
            for (var i = 0; i < 400; i++)
            {
                await services.GetRequiredService<ITimers>().SetAsync(Guid.NewGuid(), "deadline",
                    TimeProvider.System.GetUtcNow().AddMilliseconds(5 * i), _queue, new Done(Guid.NewGuid()), default);
            }
        });

        await Eventually.BeAsync(() => broker.CountAsync(_queue), 400u);
        (await database.CountAsync("timers")).ShouldBe(0);
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        (await broker.CountAsync(_queue)).ShouldBe(400u);
    }

    [Fact]
    public async Task A_timer_that_is_set_again_moves_and_one_that_is_dropped_does_not_fire()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        var (moved, dropped, never) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var later = TimeProvider.System.GetUtcNow().AddDays(14);

        await SetAsync(moved, TimeProvider.System.GetUtcNow());
        await SetAsync(dropped, TimeProvider.System.GetUtcNow());
        await SetAsync(moved, later);
        await service.RequestAsync(
            (services, _) => services.GetRequiredService<ITimers>().DropAsync(dropped, "deadline", default));
        await service.RequestAsync(
            (services, _) => services.GetRequiredService<ITimers>().DropAsync(never, "deadline", default));
        await service.RequestAsync((services, _) => services.GetRequiredService<ITimers>()
            .SetAsync(never, "deadline", later, _queue, new Done(never), default), save: false);

        (await database.ListAsync<Guid>("SELECT owner_id FROM timers")).ShouldBe([moved]);
        (await database.ScalarAsync<DateTime>("SELECT due_at FROM timers"))
            .ShouldBe(later.UtcDateTime, TimeSpan.FromMilliseconds(1));
        var pump = service.Services.GetServices<IHostedService>().OfType<DuePump>().Single();
        (await pump.PumpAsync(default)).ShouldBe(0);

        Task SetAsync(Guid owner, DateTimeOffset dueAt) => service.RequestAsync((services, _) =>
            services.GetRequiredService<ITimers>()
                .SetAsync(owner, "deadline", dueAt, _queue, new Done(owner), default));
    }

    [Fact]
    public async Task A_timer_shares_the_fate_of_the_save_or_of_the_transaction_that_it_is_set_in()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await database.ExecuteAsync("CREATE UNIQUE INDEX ON effects (work_id)");
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        var twice = Guid.NewGuid();

        await Should.ThrowAsync<DbUpdateException>(() => service.RequestAsync(async (services, db) =>
        {
            db.Effects.AddRange(new Effect { WorkId = twice }, new Effect { WorkId = twice });
            await services.GetRequiredService<ITimers>()
                .SetAsync(twice, "deadline", TimeProvider.System.GetUtcNow(), _queue, new Done(twice), default);
        }));
        await service.RequestAsync(async (services, db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<ITimers>()
                .SetAsync(twice, "deadline", TimeProvider.System.GetUtcNow(), _queue, new Done(twice), default);
            await transaction.RollbackAsync();
        }, save: false);

        (await database.CountAsync("timers")).ShouldBe(0);

        await service.RequestAsync(async (services, db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<ITimers>()
                .SetAsync(twice, "deadline", TimeProvider.System.GetUtcNow(), _queue, new Done(twice), default);
            await transaction.CommitAsync();
        }, save: false);

        (await database.CountAsync("timers")).ShouldBe(1);
    }

    [Fact]
    public async Task A_handler_sets_and_drops_timers_in_its_own_transaction()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging
                .Queue(_queue, q => q.Consumer<PatientConsumer>()), Quick);
        var (kept, refused) = (new Done(Guid.NewGuid()), new Done(Guid.Empty));

        await service.SendAsync(_queue, kept, refused);

        await Eventually.BeAsync(() => Task.FromResult(service.Hooks.Told.Contains(kept.Id)), true);
        service.Hooks.Told.Count(id => id == kept.Id).ShouldBe(1);
        service.Hooks.Told.ShouldNotContain(Guid.Empty);
    }

    [Fact]
    public async Task A_timer_goes_off_by_the_clock_of_the_sandbox_and_the_inbox_lives_by_the_machines()
    {
        var folder = Directory.CreateTempSubdirectory("mpp-clock").FullName;
        var (gateway, here) =
            (new SandboxClock(Path.Combine(folder, "clock")), new SandboxClock(Path.Combine(folder, "clock")));
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging.Queue(
                _queue, q => q.Consumer<DoneConsumer>()), Quick, services => services.AddSingleton<TimeProvider>(here));
        var (soon, later) = (new Done(Guid.NewGuid()), new Done(Guid.NewGuid()));
        await service.RequestAsync(async (services, _) =>
        {
            await services.GetRequiredService<ITimers>()
                .SetAsync(soon.Id, "deadline", here.GetUtcNow().AddDays(5), _queue, soon, default);
            await services.GetRequiredService<ITimers>()
                .SetAsync(later.Id, "deadline", here.GetUtcNow().AddDays(60), _queue, later, default);
        });
        var pump = service.Services.GetServices<IHostedService>().OfType<DuePump>().Single();
        (await pump.PumpAsync(default)).ShouldBe(0);

        gateway.Move(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(1));
        await Eventually.BeAsync(() => database.CountAsync("effects"), 1);
        (await database.ListAsync<Guid>("SELECT work_id FROM effects")).ShouldBe([soon.Id]);
        (await database.ListAsync<Guid>("SELECT owner_id FROM timers")).ShouldBe([later.Id]);

        // Longer than the inbox remembers: by the sandbox's clock the message of a moment ago would be long forgotten.
        gateway.Move(TimeSpan.FromDays(50));
        await Task.Delay(SandboxClock.SeenWithin);
        (await service.Services.GetServices<IHostedService>()
            .OfType<InboxCleanup>().Single().CleanAsync(default)).ShouldBe(0);
        (await database.CountAsync("inbox")).ShouldBe(1);
        Directory.Delete(folder, recursive: true);
    }

    internal sealed class PatientConsumer(ITimers timers, Hooks hooks) : IConsumer<Done>, IConsumer<Told>
    {
        public async Task Consume(ConsumeContext<Done> context)
        {
            var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(100);
            await timers.SetAsync(context.Message.Id, "reminder", soon,
                context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1], new Told(context.Message.Id), default);
            if (context.Message.Id == Guid.Empty)
            {
                throw new InvalidOperationException("Refused.");
            }
        }

        public Task Consume(ConsumeContext<Told> context)
        {
            hooks.Told.Enqueue(context.Message.Id);
            return Task.CompletedTask;
        }
    }
}
