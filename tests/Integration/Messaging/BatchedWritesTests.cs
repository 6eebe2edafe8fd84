using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

using Mpp.Messaging;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class BatchedWritesTests(MessagingServers servers)
{
    private readonly string _queue = "b" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task What_a_handler_writes_takes_effect_with_its_success_and_once()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging
                .Queue(_queue, q => q.Consumer<WritingConsumer>()));
        var attempts = 0;
        service.Hooks.AfterDone =
            _ => ++attempts < 3 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;
        await broker.DeclareQuorumQueueAsync(_queue + "-spare");
        await service.SendAsync(_queue + "-spare", new Done(Guid.NewGuid()));
        await Eventually.BeAsync(() => broker.CountAsync(_queue + "-spare"), 1u);
        var message = (await broker.TakeAsync(_queue + "-spare"))!;

        await broker.RepeatAsync(message, _queue, 1);
        await Eventually.BeAsync(() => database.CountAsync("effects"), 1);
        await broker.RepeatAsync(message, _queue, 5);
        await Eventually.BeAsync(() => Task.FromResult(attempts), 8);
        await Eventually.BeAsync(() => broker.CountAsync(_queue), 0u);
        await service.DisposeAsync();

        (await database.CountAsync("effects")).ShouldBe(1);
        (await broker.CountAsync(_queue + "_error")).ShouldBe(0u);
    }

    [Fact]
    public async Task Elsewhere_they_share_the_fate_of_the_save_or_of_the_transaction()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = TestService.Build(database.ConnectionString, servers.RabbitMq, _ => { });
        var (unsaved, rolledBack, saved, committed) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        await service.RequestAsync((services, _) => WriteAsync(services, unsaved), save: false);
        await service.RequestAsync((services, _) => WriteAsync(services, saved));
        await service.RequestAsync(async (services, db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await WriteAsync(services, rolledBack);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }, save: false);
        await service.RequestAsync(async (services, db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await WriteAsync(services, committed);
            await transaction.CommitAsync();
        }, save: false);

        (await database.ListAsync<Guid>("SELECT work_id FROM effects")).ShouldBe([saved, committed], ignoreOrder: true);

        static Task WriteAsync(IServiceProvider services, Guid id) =>
            services.GetRequiredService<IBatchedWrites>().WriteAsync([WritingConsumer.Effect(id)], default);
    }

    internal sealed class WritingConsumer(IBatchedWrites writes, Hooks hooks) : IConsumer<Done>
    {
        public async Task Consume(ConsumeContext<Done> context)
        {
            await writes.WriteAsync([Effect(context.Message.Id)], context.CancellationToken);
            await hooks.AfterDone(context.Message);
        }

        public static NpgsqlBatchCommand Effect(Guid id) =>
            new("INSERT INTO effects (work_id, by) VALUES ($1, 'batch')")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } },
            };
    }
}
