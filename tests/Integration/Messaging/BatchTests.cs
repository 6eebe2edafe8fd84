using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mpp.Messaging;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>How often a piece of work has taken effect before, read for a whole batch.</summary>
public sealed class WorkPreparation : BatchPreparation<Guid, long>
{
    public Func<Task> Prepared { get; set; } = () => Task.CompletedTask;

    public override bool TryKey(object message, out Guid key)
    {
        key = message is Work work ? work.Id : default;
        return message is Work;
    }

    public override IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<Guid> keys) =>
    [
        new("SELECT work_id, count(*) FROM effects WHERE work_id = ANY ($1) GROUP BY work_id")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] } },
        },
    ];

    public override async Task<IReadOnlyDictionary<Guid, long>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var before = new Dictionary<Guid, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            before.Add(reader.GetGuid(0), reader.GetInt64(1));
        }

        await Prepared();
        return before;
    }
}

/// <summary>Work that says what was prepared for it.</summary>
public sealed class BatchedConsumer(
    TestDbContext database, ICommandSender sender, Hooks hooks, Prepared<Guid, long> prepared, IAfterCommit afterCommit)
    : IConsumer<Work>
{
    public async Task Consume(ConsumeContext<Work> context)
    {
        var work = context.Message;
        database.Effects.Add(new Effect
        {
            WorkId = work.Id,
            By = prepared.TryTake(work.Id, out var before) ? $"after {before}" : "alone",
        });
        afterCommit.Do(() => hooks.Committed.Enqueue(work.Id));
        await sender.SendAsync(work.Reply, new Done(work.Id), context.CancellationToken);
        await hooks.AfterWork(work, context);
    }
}

[Collection(MessagingCollection.Name)]
public sealed class BatchTests(MessagingServers servers) : IAsyncLifetime
{
    private const string Transactions = "SELECT count(DISTINCT xmin::text) FROM effects";

    private readonly string _queue = "b" + Guid.NewGuid().ToString("N")[..8];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestDatabase _database = null!;
    private TestService _service = null!;
    private Broker _broker = null!;

    private string Replies => _queue + "-replies";

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(servers);
        _broker = await Broker.ConnectAsync(servers.RabbitMq);
        await _broker.DeclareQuorumQueueAsync(Replies);
        _service = await TestService.StartAsync(_database.ConnectionString, servers.RabbitMq, messaging => messaging
            .Queue(_queue, q => q.Consumer<BatchedConsumer>().InBatches<WorkPreparation>()));
        Patience(TimeSpan.FromMinutes(1));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_together_is_one_transaction_and_takes_effect_once()
    {
        var first = HoldFirst();

        await SendAsync([first, .. Many(60)]);
        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(61);
        (await _database.ScalarAsync<long>(Transactions)).ShouldBeLessThan(10);
        (await _database.ScalarAsync<long>("SELECT count(*) FROM effects WHERE by <> 'after 0'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_fails_takes_nobody_with_it_and_has_all_its_repeats()
    {
        var (first, poison) = (HoldFirst(), new Work(Guid.NewGuid(), Replies));
        var attempts = new ConcurrentQueue<long>();
        var hold = _service.Hooks.AfterWork;
        _service.Hooks.AfterWork = async (work, context) =>
        {
            await hold(work, context);
            if (work == poison)
            {
                attempts.Enqueue(await _database.CountAsync("effects"));
                throw new InvalidOperationException("Nobody can do this.");
            }
        };

        await SendAsync([first, .. Many(10), poison, .. Many(10)]);
        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(21);
        await Eventually.BeAsync(() => _broker.CountAsync(_queue + "_error"), 1u);
        // Once in the batch, then alone as often as anywhere.
        attempts.Count.ShouldBe(2 + MessagingOptions.DefaultRetryDelays.Length);
        (await _database.ScalarAsync<long>($"SELECT count(*) FROM effects WHERE work_id = '{poison.Id}'")).ShouldBe(0);
        (await _database.CountAsync("inbox")).ShouldBe(21);
    }

    [Fact]
    public async Task Two_messages_about_one_thing_share_no_batch()
    {
        var first = HoldFirst();
        var about = new Work(Guid.NewGuid(), Replies);

        await SendAsync([first, about, .. Many(5), about, about]);
        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(9);
        (await _database.ListAsync<string>($"SELECT by FROM effects WHERE work_id = '{about.Id}' ORDER BY id"))
            .ShouldBe(["after 0", "after 1", "after 2"]);
    }

    [Fact]
    public async Task A_duplicate_in_a_batch_takes_nobody_with_it()
    {
        await _broker.DeclareQuorumQueueAsync(_queue + "-spare");
        await _service.SendAsync(_queue + "-spare", new Work(Guid.NewGuid(), Replies));
        await Eventually.BeAsync(() => _broker.CountAsync(_queue + "-spare"), 1u);
        var message = (await _broker.TakeAsync(_queue + "-spare"))!;
        await _broker.RepeatAsync(message, _queue, 1);
        await DoneAsync(1);
        var first = HoldFirst();

        await SendAsync([first, .. Many(5)]);
        await _broker.RepeatAsync(message, _queue, 3);
        await SendAsync([.. Many(5)]);
        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(12);
        (await _broker.CountAsync(_queue + "_error")).ShouldBe(0u);
        (await _broker.CountAsync(_queue + "_skipped")).ShouldBe(0u);
    }

    [Fact]
    public async Task Nobody_waits_long_behind_a_slow_message()
    {
        Patience(TimeSpan.FromMilliseconds(500));
        await HoldFirstAloneAsync();
        await SendAsync([.. Many(20)]);
        await Eventually.BeAsync(() => _database.CountAsync("effects"), 20);
        await SendAsync([.. Many(20)]);
        await Eventually.BeAsync(() => _database.CountAsync("effects"), 40);
        _held.SetResult();

        await DoneAsync(41);
        // And then they wait together again.
        (await _database.ScalarAsync<long>("SELECT count(*) FROM effects WHERE by = 'alone'")).ShouldBe(40);
        await SendAsync([.. Many(1)]);
        await Eventually.BeAsync(
            () => _database.ScalarAsync<long>("SELECT count(*) FROM effects WHERE by = 'after 0'"), 2);
    }

    [Fact]
    public async Task What_stands_behind_a_slow_message_in_its_batch_goes_on_alone()
    {
        await HoldFirstAloneAsync();
        var slow = (Work?)null;
        _service.Hooks.AfterWork = (work, _) =>
            Task.Delay(Interlocked.CompareExchange(ref slow, work, null) is null ? 1_000 : 0);

        await SendAsync(Many(16));
        await DeliveredAsync();
        Patience(TimeSpan.FromMilliseconds(500));
        _held.SetResult();

        await DoneAsync(17);
        (await _database.ScalarAsync<string>($"SELECT by FROM effects WHERE work_id = '{slow!.Id}'"))
            .ShouldBe("after 0");
        (await _database.ScalarAsync<long>("SELECT count(*) FROM effects WHERE by = 'alone'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_session_that_ends_within_a_batch_loses_nothing()
    {
        var first = HoldFirst();
        var ended = 0;
        var hold = _service.Hooks.AfterWork;
        _service.Hooks.AfterWork = async (work, context) =>
        {
            await hold(work, context);
            if (work != first && Interlocked.Increment(ref ended) == 10)
            {
                await _database.ExecuteAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE datname = current_database() AND state = 'idle in transaction'");
            }
        };

        await SendAsync([first, .. Many(30)]);
        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(31);
        (await _broker.CountAsync(_queue + "_error")).ShouldBe(0u);
    }

    [Fact]
    public async Task Each_message_of_a_batch_is_consumed_in_its_own_trace_and_the_batch_names_them_all()
    {
        using var source = new ActivitySource(_queue);
        var (seen, batches) = (new ConcurrentDictionary<Guid, ActivityTraceId>(), new ConcurrentQueue<Activity>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == _queue || s.Name is "MassTransit" or "Mpp.Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == $"{_queue} batch")
                {
                    batches.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var first = HoldFirst();
        var hold = _service.Hooks.AfterWork;
        _service.Hooks.AfterWork = (work, context) =>
        {
            seen[work.Id] = Activity.Current!.TraceId;
            return hold(work, context);
        };

        await SendAsync([first]);
        var sent = new Dictionary<Guid, ActivityTraceId>();
        foreach (var work in Many(8))
        {
            using var request = source.StartActivity("request");
            sent[work.Id] = request!.TraceId;
            await _service.SendAsync(_queue, work);
        }

        await DeliveredAsync();
        _held.SetResult();

        await DoneAsync(9);
        sent.ShouldAllBe(pair => seen[pair.Key] == pair.Value);
        var linked = batches.SelectMany(batch => batch.Links).Select(link => link.Context.TraceId).ToList();
        linked.Count.ShouldBeGreaterThan(1);
        linked.ShouldBeSubsetOf(sent.Values);
        batches.ShouldAllBe(batch => batch.Parent == null && !sent.Values.Contains(batch.TraceId));
    }

    private Work[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => new Work(Guid.NewGuid(), Replies))];

    /// <summary>A message behind which others gather, until <see cref="_held"/>.</summary>
    private Work HoldFirst()
    {
        var first = new Work(Guid.NewGuid(), Replies);
        _service.Hooks.AfterWork = (work, _) => work == first ? _held.Task : Task.CompletedTask;
        return first;
    }

    /// <summary>How long they wait behind it: as long as the test needs to gather them, or less from now on.</summary>
    private void Patience(TimeSpan patience) =>
        _service.Services.GetRequiredService<IOptions<MessagingOptions>>().Value.BatchPatience = patience;

    /// <summary>The same in a batch of its own: the others are in the next.</summary>
    private async Task HoldFirstAloneAsync()
    {
        var (first, begun) = (HoldFirst(), new TaskCompletionSource());
        var hold = _service.Hooks.AfterWork;
        _service.Hooks.AfterWork = (work, context) =>
        {
            begun.TrySetResult();
            return hold(work, context);
        };
        await SendAsync([first]);
        await begun.Task;
    }

    private Task SendAsync(Work[] work) => _service.SendAsync(_queue, work);

    /// <summary>All that was sent is on its way into the lane.</summary>
    private async Task DeliveredAsync()
    {
        await Eventually.BeAsync(() => _database.CountAsync("outbox"), 0);
        await Eventually.BeAsync(() => _broker.CountAsync(_queue), 0u);
    }

    /// <summary>So much has taken effect, has been told of once, and is known to be done.</summary>
    private async Task DoneAsync(int count)
    {
        await Eventually.BeAsync(() => _broker.CountAsync(Replies), (uint)count);
        await Eventually.BeAsync(() => _database.CountAsync("outbox"), 0);
        (await _database.CountAsync("effects")).ShouldBe(count);
        (await _database.CountAsync("inbox")).ShouldBe(count);
        (await _database.CountAsync("outbox_dead")).ShouldBe(0);
        _service.Hooks.Committed.Count.ShouldBe(count, "what is rolled back is not counted");
    }
}
