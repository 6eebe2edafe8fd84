using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Messaging;
using Mpp.Messaging.Broker;
using Mpp.Messaging.Relay;
using Mpp.Messaging.Tables;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>
/// A service dies between each pair of {handler, save, commit, ack, claim, publish, confirm, delete-commit} while it
/// works on a stream of messages, and another instance takes over. To PostgreSQL and RabbitMQ the first one is a
/// process that was killed: all its connections break at that very point, and nothing connects again. And the same for
/// a queue that is consumed in batches, between each pair of a batch's stages.
/// </summary>
[Collection(MessagingCollection.Name)]
public sealed class FaultMatrixTests(MessagingServers servers)
{
    private const int Messages = 60;

    public enum Death
    {
        BetweenPreparationAndHandler,
        BetweenHandlerAndSave,
        BetweenSaveAndWrites,
        BetweenSaveAndCommit,
        WithTheCommitUnanswered,
        BetweenCommitAndAck,
        BetweenAckAndClaim,
        BetweenClaimAndPublish,
        BetweenPublishAndConfirm,
        BetweenConfirmAndDeleteCommit,
    }

    public static TheoryData<Death, bool> Deaths
    {
        get
        {
            var deaths = new TheoryData<Death, bool>();
            foreach (var death in Enum.GetValues<Death>())
            {
                deaths.Add(death, true);
                if (death is not (Death.BetweenPreparationAndHandler or Death.BetweenSaveAndWrites))
                {
                    deaths.Add(death, false);
                }
            }

            return deaths;
        }
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_service_that_dies_loses_nothing_and_does_nothing_twice(Death death, bool inBatches)
    {
        var queue = "m" + Guid.NewGuid().ToString("N")[..8];
        await using var database = await TestDatabase.CreateAsync(servers);
        await using var peerDatabase = await TestDatabase.CreateAsync(servers);
        await using var broker = await Broker.ConnectAsync(servers.RabbitMq);
        var (postgres, postgresAddress) = Cable.ToPostgres(database.ConnectionString);
        var (rabbit, rabbitAddress) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var a = postgres;
        await using var b = rabbit;
        var killer = new Killer(death, inBatches, postgres, rabbit);

        var peer = await TestService.StartAsync(peerDatabase.ConnectionString, servers.RabbitMq, messaging => messaging
            .Queue(queue + "-done", q => q.Consumer<DoneConsumer>()));
        var victim = await TestService.StartAsync(
            postgresAddress, rabbitAddress, messaging => messaging.Queue(queue, Configure),
            services: services =>
            {
                services.AddSingleton(new WorkPreparation
                {
                    Prepared = () => killer.AtAsync(Death.BetweenPreparationAndHandler),
                });
                services.AddSingleton<IInterceptor>(new Saves(killer));
                services.AddSingleton(killer);
                services.AddSingleton<IInterceptor>(killer);
                services.Replace(ServiceDescriptor.Singleton<OutboxPublisher, DeadlyPublisher>());
                if (death == Death.BetweenAckAndClaim)
                {
                    services.Remove(services.Single(service => service.ImplementationType == typeof(OutboxRelay)));
                }
            });
        victim.Hooks.AfterWork = (_, _) => killer.AtAsync(Death.BetweenHandlerAndSave);
        var work = Enumerable.Range(0, Messages).Select(_ => new Work(Guid.NewGuid(), queue + "-done")).ToList();
        await Eventually.BeAsync(() => broker.ExistsAsync(queue), true);
        await peer.SendAsync(queue, work);

        if (death == Death.BetweenAckAndClaim)
        {
            await Eventually.BeAsync(() => database.CountAsync("outbox"), Messages);
            killer.Kill();
        }

        await killer.Killed.WaitAsync(TimeSpan.FromSeconds(30));
        var burial = victim.DisposeAsync();
        var heir = await TestService.StartAsync(
            database.ConnectionString, servers.RabbitMq, messaging => messaging.Queue(queue, Configure));

        await Eventually.BeAsync(() => peerDatabase.ScalarAsync<long>("SELECT count(DISTINCT work_id) FROM effects"),
            Messages, TimeSpan.FromSeconds(60));
        await Eventually.BeAsync(() => database.CountAsync("outbox"), 0);
        await Eventually.BeAsync(() => broker.CountAsync(queue), 0u);
        await Eventually.BeAsync(() => broker.CountAsync(queue + "-done"), 0u);
        await heir.DisposeAsync();
        await peer.DisposeAsync();
        await burial;

        (await database.ScalarAsync<long>("SELECT count(DISTINCT work_id) FROM effects")).ShouldBe(Messages);
        (await database.CountAsync("effects")).ShouldBe(Messages);
        (await peerDatabase.CountAsync("effects")).ShouldBe(Messages);
        (await database.CountAsync("outbox_retry")).ShouldBe(0);
        (await database.CountAsync("outbox_dead")).ShouldBe(0);
        (await broker.CountAsync(queue + "_error")).ShouldBe(0u);
        (await broker.CountAsync(queue + "-done_error")).ShouldBe(0u);
        (await broker.CountAsync(queue + "_skipped")).ShouldBe(0u);
        (await broker.CountAsync(queue + "-done_skipped")).ShouldBe(0u);

        void Configure(QueueConfigurator configured)
        {
            configured.Consumer<WorkConsumer>();
            if (inBatches)
            {
                configured.InBatches<WorkPreparation>();
            }
        }
    }

    /// <summary>Between what a consumer changed and what it sends.</summary>
    private sealed class Saves(Killer killer) : SaveChangesInterceptor
    {
        public override async ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            await killer.AtAsync(Death.BetweenSaveAndWrites);
            return result;
        }
    }

    /// <summary>
    /// Cuts both cables when the tenth message comes to the chosen point, or the second batch where messages come
    /// together.
    /// </summary>
    private sealed class Killer(Death death, bool inBatches, Cable postgres, Cable rabbit) : DbTransactionInterceptor
    {
        private readonly int _last = inBatches
            && (death is Death.BetweenPreparationAndHandler or Death.BetweenSaveAndCommit
                or Death.WithTheCommitUnanswered or Death.BetweenCommitAndAck)
            ? 2 : 10;

        private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reached;

        public Task Killed => _killed.Task;

        public void Kill()
        {
            postgres.Cut();
            rabbit.Cut();
            _killed.TrySetResult();
        }

        public Task AtAsync(Death point)
        {
            if (point == death && Interlocked.Increment(ref _reached) == _last)
            {
                Kill();
            }

            return Task.CompletedTask;
        }

        /// <summary>From now on nothing is heard, and what is sent still arrives; then the end.</summary>
        public async Task AnswerLostAsync(Death point, Func<Task> send)
        {
            if (point != death || Interlocked.Increment(ref _reached) != _last)
            {
                await send();
                return;
            }

            postgres.SwallowAnswers();
            rabbit.SwallowAnswers();
            var sent = send();
            await Task.WhenAny(sent, Task.Delay(500));
            Kill();
            await sent;
        }

        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            await AtAsync(Death.BetweenSaveAndCommit);
            if (death == Death.WithTheCommitUnanswered)
            {
                await AnswerLostAsync(death, () => transaction.CommitAsync(cancellationToken));
                return InterceptionResult.Suppress();
            }

            return result;
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData,
            CancellationToken cancellationToken = default) =>
            AtAsync(Death.BetweenCommitAndAck);
    }

    private sealed class DeadlyPublisher(ExchangeSender exchanges, Killer killer)
        : OutboxPublisher(exchanges)
    {
        public override async Task SendAsync(OutboxRow row, CancellationToken cancellationToken)
        {
            await killer.AtAsync(Death.BetweenClaimAndPublish);
            await killer.AnswerLostAsync(Death.BetweenPublishAndConfirm, () => base.SendAsync(row, cancellationToken));
            await killer.AtAsync(Death.BetweenConfirmAndDeleteCommit);
        }
    }
}
