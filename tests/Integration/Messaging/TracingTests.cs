using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

using Mpp.Messaging;

namespace Mpp.Integration.Messaging;

[Collection(MessagingCollection.Name)]
public sealed class TracingTests : IDisposable
{
    private static readonly ActivitySource Source = new("Mpp.Integration.Messaging");

    private readonly string _queue = "a" + Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentQueue<Activity> _activities = [];
    private readonly ActivityListener _listener;
    private readonly MessagingServers _servers;

    public TracingTests(MessagingServers servers)
    {
        _servers = servers;
        _listener = new ActivityListener
        {
            ShouldListenTo =
                source => source.Name is "MassTransit" or "Mpp.Messaging" or "Npgsql" or "Mpp.Integration.Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task One_trace_leads_from_the_request_through_outbox_and_broker_to_the_last_handler()
    {
        await using var database = await TestDatabase.CreateAsync(_servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, _servers.RabbitMq, messaging => messaging
                .Queue(_queue, q => q.Consumer<WorkConsumer>())
                .Queue(_queue + "-done", q => q.Consumer<DoneConsumer>()));
        var seen = new ConcurrentDictionary<string, ActivityTraceId>(StringComparer.Ordinal);
        service.Hooks.AfterWork = (_, _) => Note("work");
        service.Hooks.AfterDone = _ => Note("done");

        ActivityTraceId trace;
        using (var request = Source.StartActivity("request"))
        {
            trace = request!.TraceId;
            await service.SendAsync(_queue, new Work(Guid.NewGuid(), _queue + "-done"));
        }

        await Eventually.BeAsync(() => Task.FromResult(seen.Count), 2);
        seen.Values.ShouldAllBe(id => id == trace);

        Task Note(string what)
        {
            seen[what] = Activity.Current?.TraceId ?? default;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_timer_opens_a_trace_that_links_to_the_one_that_set_it()
    {
        await using var database = await TestDatabase.CreateAsync(_servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, _servers.RabbitMq,
            messaging => messaging.Queue(_queue, q => q.Consumer<DoneConsumer>()),
            [new("Messaging:TimerInterval", "00:00:00.100")]);
        ActivityTraceId fired = default;
        service.Hooks.AfterDone = _ =>
        {
            fired = Activity.Current?.TraceId ?? default;
            return Task.CompletedTask;
        };

        ActivityTraceId trace;
        using (var request = Source.StartActivity("request"))
        {
            trace = request!.TraceId;
            await service.RequestAsync((services, _) =>
                services.GetRequiredService<ITimers>().SetAsync(Guid.NewGuid(), "deadline",
                    TimeProvider.System.GetUtcNow(), _queue, new Done(Guid.NewGuid()), default));
        }

        await Eventually.BeAsync(() => Task.FromResult(fired != default), true);
        fired.ShouldNotBe(trace);
        await Eventually.BeAsync(
            () => Task.FromResult(_activities.Any(activity => activity.TraceId == fired
                && activity.Links.Any(link => link.Context.TraceId == trace))), true);
    }

    [Fact]
    public async Task Polling_makes_no_spans()
    {
        await using var database = await TestDatabase.CreateAsync(_servers);
        await using var service = await TestService.StartAsync(
            database.ConnectionString, _servers.RabbitMq, _ => { },
            [new("Messaging:TimerInterval", "00:00:00.050"), new("Messaging:PollInterval", "00:00:00.050")]);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        // Other tests of this process talk to databases of their own.
        bool OfThisDatabase(Activity activity) =>
            activity.Source.Name == "Npgsql" && activity.TagObjects.Any(tag => tag.Value as string == name);

        await service.RequestAsync((services, _) =>
            services.GetRequiredService<ITimers>().SetAsync(Guid.NewGuid(), "later",
                TimeProvider.System.GetUtcNow().AddDays(1), _queue, new Done(Guid.NewGuid()), default));
        await Eventually.BeAsync(() => Task.FromResult(_activities.Any(OfThisDatabase)), true);
        _activities.Clear();

        await Task.Delay(TimeSpan.FromSeconds(1));

        _activities.Where(OfThisDatabase).ShouldBeEmpty();
    }
}
