namespace Mpp.Operations.Troubles;

/// <summary>A process as troubles are judged by it.</summary>
/// <param name="Age">How long ago its latest heartbeat came.</param>
/// <param name="Ahead">How far its clock is ahead of ours; a late heartbeat looks like a clock that is behind.</param>
/// <param name="RunsFor">How long ago it started.</param>
/// <param name="Queues">Its queues: name, messages that wait, who reads.</param>
internal sealed record WatchedProcess(
    string Service, TimeSpan Age, TimeSpan Ahead, TimeSpan RunsFor, TimeSpan Interval, IReadOnlyList<string> Failing,
    double? OutboxOldestSeconds, long Dead, long TimersOverdue,
    IReadOnlyList<(string Name, long Ready, int Consumers)> Queues);

/// <summary>What heartbeats tell of troubles: a pure function.</summary>
internal static class ProcessTroubles
{
    /// <summary>A heartbeat may be late once.</summary>
    private const double MissedBeats = 2;

    private const double RelayLimitSeconds = 30;
    private const int RestartLimit = 3;
    private const long QueueLimit = 1_000;

    private static readonly TimeSpan RestartWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SkewLimit = TimeSpan.FromSeconds(5);

    /// <param name="processes">Everything that was heard of lately.</param>
    public static IEnumerable<Trouble> Of(IReadOnlyCollection<WatchedProcess> processes) =>
        processes.GroupBy(process => process.Service, StringComparer.Ordinal).SelectMany(Of);

    /// <summary>Whether a process is heard.</summary>
    public static bool Lives(WatchedProcess process) => process.Age <= process.Interval * MissedBeats;

    private static IEnumerable<Trouble> Of(IGrouping<string, WatchedProcess> service)
    {
        var living = service.Where(Lives).ToList();
        if (living.Count == 0)
        {
            yield return new(TroubleKind.ServiceSilent, service.Key, service.Min(p => p.Age.TotalSeconds));
            yield break;
        }

        var ended = service.Count(p => !Lives(p) && p.RunsFor < RestartWindow + p.Age && p.Age < RestartWindow);
        if (ended >= RestartLimit)
        {
            yield return new(TroubleKind.Restarts, service.Key, ended);
        }

        foreach (var failing in living.SelectMany(p => p.Failing).Distinct(StringComparer.Ordinal))
        {
            yield return new(TroubleKind.ServiceFailing, service.Key, 1, failing);
        }

        if (living.Max(p => p.OutboxOldestSeconds) is > RelayLimitSeconds and var oldest)
        {
            yield return new(TroubleKind.RelayStopped, service.Key, oldest);
        }

        if (living.Max(p => p.TimersOverdue) is > 0 and var late)
        {
            yield return new(TroubleKind.TimersLate, service.Key, late);
        }

        // All copies tell of the same outbox and the same queues.
        var failures = living.SelectMany(p => p.Queues).Where(q => IsOfFailures(q.Name))
            .GroupBy(q => q.Name, StringComparer.Ordinal).Sum(q => q.Max(copy => copy.Ready));
        if (living.Max(p => p.Dead) + failures is > 0 and var dead)
        {
            yield return new(TroubleKind.DeadMessages, service.Key, dead);
        }

        foreach (var queue in living.SelectMany(p => p.Queues).Where(q => !IsOfFailures(q.Name))
            .GroupBy(q => q.Name, StringComparer.Ordinal))
        {
            var (ready, consumers) = (queue.Max(q => q.Ready), queue.Max(q => q.Consumers));
            if (ready >= QueueLimit || (ready > 0 && consumers == 0))
            {
                yield return new(TroubleKind.QueueGrowing, service.Key, ready, queue.Key);
            }
        }

        if (living.MaxBy(p => p.Ahead.Duration()) is { } worst && worst.Ahead.Duration() > SkewLimit)
        {
            yield return new(TroubleKind.ClockSkew, service.Key, worst.Ahead.TotalSeconds);
        }
    }

    private static bool IsOfFailures(string queue) =>
        queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);
}
