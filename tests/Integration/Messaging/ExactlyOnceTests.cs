using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Messaging;
using Shouldly;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class ExactlyOnceTests(MessagingServers servers)
{
    private readonly string _queue = "q" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task A_command_goes_from_a_request_through_two_handlers_and_takes_effect_once_in_each()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging
                .Queue(_queue, q => q.Consumer<WorkConsumer>())
                .Queue(_queue + "-done", q => q.Consumer<DoneConsumer>()));

        var work = Enumerable.Range(0, 100).Select(_ => new Work(Guid.NewGuid(), _queue + "-done")).ToList();
        await service.SendAsync(_queue, work);

        await Eventually.BeAsync(
            () => database.ScalarAsync<long>("SELECT count(*) FROM effects WHERE by = 'done'"), 100);
        (await database
            .ScalarAsync<long>("SELECT count(DISTINCT work_id) FROM effects WHERE by = 'work'")).ShouldBe(100);
        (await database.CountAsync("effects")).ShouldBe(200);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        (await database.CountAsync("inbox")).ShouldBe(200);
    }

    [Fact]
    public async Task What_is_published_without_a_save_is_never_sent()
    {
        await using var database = await TestDatabase.CreateAsync(servers);
        Action<MessagingConfigurator> hearing = messaging => messaging
            .Publishes<Told>()
            .Queue(_queue, q => q.Consumer<ToldConsumer>().Hears<Told>("mpp"));
        await TestService.DeployAsync(database.ConnectionString, servers.RabbitMq, hearing);
        await using var service =
            await TestService.StartAsync(database.ConnectionString, servers.RabbitMq, hearing);
        var kept = Guid.NewGuid();

        await service.RequestAsync((services, _) => services.GetRequiredService<IPublishEndpoint>()
            .Publish(new Told(Guid.NewGuid())), save: false);
        await service.RequestAsync(
            (services, _) => services.GetRequiredService<IPublishEndpoint>().Publish(new Told(kept)));

        await Eventually.BeAsync(() => Task.FromResult(service.Hooks.Told.Count), 1);
        service.Hooks.Told.ShouldBe([kept]);
    }
}
