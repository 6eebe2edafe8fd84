using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mpp.Messaging.Telemetry;

/// <summary>What operators watch, meter and activity source <c>Mpp.Messaging</c>.</summary>
internal sealed class MessagingMeters
{
    public const string Name = "Mpp.Messaging";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Counter<long> relayed;
    private readonly Counter<long> duplicates;
    private readonly Counter<long> died;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> publishTime;

    public MessagingMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        relayed = meter.CreateCounter<long>("mpp.outbox.relayed", "{message}", "Messages that the broker has confirmed.");
        duplicates = meter.CreateCounter<long>("mpp.inbox.duplicates", "{message}", "Deliveries that had taken effect before.");
        died = meter.CreateCounter<long>("mpp.outbox.died", "{message}", "Messages given up after the last attempt.");
        batchSize = meter.CreateHistogram<int>("mpp.outbox.batch.size", "{message}", "Messages per claim.");
        publishTime = meter.CreateHistogram<double>("mpp.outbox.publish.duration", "s", "From the first send of a batch to its last confirm.");
        meter.CreateObservableGauge("mpp.outbox.oldest.age", () => State.OldestAge.TotalSeconds, "s", "Age of the oldest message that waits for the relay.");
        meter.CreateObservableGauge("mpp.outbox.pending", () => State.Pending, "{message}", "Messages that wait for the relay (the planner's estimate).");
        meter.CreateObservableGauge("mpp.outbox.retrying", () => State.Retrying, "{message}", "Failed messages that wait for their next attempt.");
        meter.CreateObservableGauge("mpp.outbox.dead", () => State.Dead, "{message}", "Messages that wait for an operator.");
        meter.CreateObservableGauge("mpp.timers.pending", () => State.Timers, "{timer}", "Timers that are set (the planner's estimate).");
    }

    /// <summary>As last read by the monitor.</summary>
    public OutboxState State { get; set; } = new(TimeSpan.Zero, 0, 0, 0, 0);

    public void Duplicate(string queue) => duplicates.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    public void Died() => died.Add(1);

    public void Batch(int size, TimeSpan publish)
    {
        relayed.Add(size);
        batchSize.Record(size);
        publishTime.Record(publish.TotalSeconds);
    }
}

internal sealed record OutboxState(TimeSpan OldestAge, long Pending, long Retrying, long Dead, long Timers);
