using System.Diagnostics.Metrics;

namespace Mpp.Messaging.Telemetry;

/// <summary>What operators watch, meter and activity source <c>Mpp.Messaging</c>.</summary>
internal sealed class MessagingMeters
{
    public const string Name = "Mpp.Messaging";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Counter<long> _relayed;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _foreign;
    private readonly Counter<long> _died;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _publishTime;
    private readonly Histogram<int> _consumed;
    private readonly Counter<long> _broken;

    public MessagingMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _relayed = meter.CreateCounter<long>(
            "mpp.outbox.relayed", "{message}", "Messages that the broker has confirmed.");
        _duplicates = meter.CreateCounter<long>(
            "mpp.inbox.duplicates", "{message}", "Deliveries that had taken effect before.");
        _foreign = meter.CreateCounter<long>("mpp.inbox.foreign", "{message}",
            "Messages put aside because their sender has no part in them.");
        _died = meter.CreateCounter<long>("mpp.outbox.died", "{message}", "Messages given up after the last attempt.");
        _batchSize = meter.CreateHistogram<int>("mpp.outbox.batch.size", "{message}", "Messages per claim.");
        _publishTime = meter.CreateHistogram<double>(
            "mpp.outbox.publish.duration", "s", "From the first send of a batch to its last confirm.");
        _consumed = meter.CreateHistogram<int>(
            "mpp.inbox.batch.size", "{message}", "Messages consumed in one transaction.");
        _broken = meter.CreateCounter<long>("mpp.inbox.batch.broken", "{batch}",
            "Batches that were taken back, because one of their messages failed.");
        meter.CreateObservableGauge("mpp.outbox.oldest.age", () => State.OldestAge.TotalSeconds, "s",
            "Age of the oldest message that waits for the relay.");
        meter.CreateObservableGauge("mpp.outbox.pending", () => State.Pending, "{message}",
            "Messages that wait for the relay (the planner's estimate).");
        meter.CreateObservableGauge("mpp.outbox.retrying", () => State.Retrying, "{message}",
            "Failed messages that wait for their next attempt.");
        meter.CreateObservableGauge(
            "mpp.outbox.dead", () => State.Dead, "{message}", "Messages that wait for an operator.");
        meter.CreateObservableGauge(
            "mpp.timers.pending", () => State.Timers, "{timer}", "Timers that are set (the planner's estimate).");
        meter.CreateObservableGauge("mpp.timers.overdue", () => State.OverdueTimers, "{timer}",
            "Timers that should have fired ten seconds ago or earlier, and have not.");
    }

    /// <summary>As last read by the monitor.</summary>
    public OutboxState State { get; set; } = new(TimeSpan.Zero, 0, 0, 0, 0, 0);

    /// <summary>Whether the latest reading succeeded.</summary>
    public bool IsStateKnown { get; set; }

    public void Duplicate(string queue) =>
        _duplicates.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    public void Foreign(string queue) =>
        _foreign.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    public void Consumed(string queue, int size, bool whole)
    {
        var destination = new KeyValuePair<string, object?>("messaging.destination.name", queue);
        if (whole)
        {
            _consumed.Record(size, destination);
        }
        else
        {
            _broken.Add(1, destination);
        }
    }

    public void Died() => _died.Add(1);

    public void Batch(int size, TimeSpan publish)
    {
        _relayed.Add(size);
        _batchSize.Record(size);
        _publishTime.Record(publish.TotalSeconds);
    }
}

internal sealed record OutboxState(
    TimeSpan OldestAge, long Pending, long Retrying, long Dead, long Timers, long OverdueTimers);
