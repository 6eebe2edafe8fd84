using Mpp.Operations.Troubles;

namespace Mpp.Operations.Now;

/// <summary>How a service stands, over all its processes.</summary>
/// <param name="Mark">For the stylesheet.</param>
/// <param name="Text">In a word.</param>
/// <param name="Queue">Messages that wait for it.</param>
/// <param name="OutboxOldest">How long the oldest of its own messages has waited.</param>
/// <param name="Retrying">Messages that it tries again.</param>
/// <param name="Dead">Messages of its that nobody could process.</param>
internal sealed record ServiceHealth(
    string Mark, LocalizedText Text, long Queue, TimeSpan OutboxOldest, long Retrying, long Dead)
{
    public static ServiceHealth Of(string service, NowFigures figures, DateTimeOffset now)
    {
        var processes = figures.Processes.Where(p => p.Service == service).ToList();
        var living = processes.Where(p => ProcessTroubles.Lives(Watched(p, now))).ToList();
        var (mark, text) = processes.Count == 0 ? ("", NowTexts.Unheard)
            : living.Count == 0 ? ("bad", NowTexts.Gone)
            : living.Exists(p => p.Failing.Count > 0) ? ("bad", NowTexts.Ill)
            : ("good", NowTexts.Well);
        var queues = living.SelectMany(p => p.Queues).GroupBy(q => q.Name, StringComparer.Ordinal)
            .Select(q => (q.Key, Ready: q.Max(copy => copy.Ready))).ToList();
        return new ServiceHealth(
            mark, text,
            queues.Where(q => !q.Key.Contains('_', StringComparison.Ordinal)).Sum(q => q.Ready),
            TimeSpan.FromSeconds(living.Max(p => p.OutboxOldestSeconds) ?? 0),
            living.Count == 0 ? 0 : living.Max(p => p.OutboxRetrying),
            (living.Count == 0 ? 0 : living.Max(p => p.OutboxDead))
                + queues.Where(q => q.Key.Contains('_', StringComparison.Ordinal)).Sum(q => q.Ready));
    }

    /// <summary>A process as troubles are judged by it.</summary>
    public static WatchedProcess Watched(ProcessBeat p, DateTimeOffset now) => new(
        p.Service, now - p.ReceivedAt, p.SentAt - p.ReceivedAt, now - p.StartedAt,
        TimeSpan.FromSeconds(p.IntervalSeconds), p.Failing, p.OutboxOldestSeconds, p.OutboxDead, p.TimersOverdue,
        [.. p.Queues.Select(q => (q.Name, q.Ready, q.Consumers))]);
}
