using System.Diagnostics;

namespace Mpp.Load.Measuring;

/// <summary>Drives a side at a fixed rate and measures it. Each application has a number, used once.</summary>
internal sealed class Measurement(ISide side, BirthRequests requests)
{
    /// <summary>The process that submits: this one.</summary>
    public const string Load = "load";

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    /// <summary>Not counted: code gets compiled, plans and connections get made.</summary>
    public async Task WarmUpAsync(int count, int perSecond, CancellationToken cancellationToken)
    {
        await new Submissions(side, requests).RunAsync(0, count, perSecond, cancellationToken);
        await DrainAsync(cancellationToken);
    }

    /// <param name="first">The number of the first application.</param>
    /// <param name="rate">Applications a second.</param>
    /// <param name="seconds">How long to submit.</param>
    /// <param name="sampling">The time between two looks for the oldest message.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<Figures> RunAsync(
        int first, int rate, int seconds, TimeSpan sampling, CancellationToken cancellationToken)
    {
        var probe = side.Probe;
        var (since, cpuBefore) = (TimeProvider.System.GetUtcNow(), Cpu());
        var (sent, commits, wal) = await CountAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        var submissions = new Submissions(side, requests);
        await using var ages = new AgeSampler(probe, sampling, cancellationToken);
        await submissions.RunAsync(first, rate * seconds, rate, cancellationToken);
        var submitted = watch.Elapsed;
        await DrainAsync(cancellationToken);
        var drained = watch.Elapsed;
        var age = await ages.EndAsync();

        var cpu = Cpu();
        var (sentAfter, commitsAfter, walAfter) = await CountAsync(cancellationToken);
        var completed = await probe.CompletedSinceAsync(since, cancellationToken);
        return new Figures
        {
            Submitted = rate * seconds,
            Accepted = submissions.AcceptMilliseconds.Count,
            Completed = completed.Count,
            Submitting = submitted,
            Span = completed.Count == 0 ? drained : completed.Max(c => c.EndedAt) - since.UtcDateTime,
            Accept = Percentiles.Of(submissions.AcceptMilliseconds),
            Complete = Percentiles.Of(completed.Select(c => c.Milliseconds)),
            OldestMessage = age,
            Messages = sentAfter - sent,
            Commits = commitsAfter - commits,
            WalBytes = walAfter - wal,
            Cpu = cpu.ToDictionary(p => p.Key, p => p.Value - cpuBefore[p.Key], StringComparer.Ordinal),
            States = await probe.StatusesAsync(since, cancellationToken),
            Refused = submissions.Refused,
            FirstRefusal = submissions.FirstRefusal,
        };
    }

    private async Task<(long Messages, long Commits, long WalBytes)> CountAsync(CancellationToken cancellationToken) =>
        (await side.Probe.MessagesSentAsync(cancellationToken), await side.Probe.CommitsAsync(cancellationToken),
            await side.Probe.WalBytesAsync(cancellationToken));

    private Dictionary<string, TimeSpan> Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return new Dictionary<string, TimeSpan>(side.CpuTimes(), StringComparer.Ordinal)
        {
            [Load] = self.TotalProcessorTime,
        };
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (await side.Probe.UnfinishedAsync(cancellationToken) > 0 && watch.Elapsed < DrainLimit)
        {
            await Task.Delay(100, cancellationToken);
        }
    }
}
