using System.Diagnostics;
using System.Globalization;
using Mpp.Local;
using Spectre.Console;

namespace Mpp.Load;

/// <summary>
/// Five-step applications through the gateway of a private mall, everything on this machine, load included.
/// </summary>
internal static class ApplicationsRun
{
    /// <summary>Not counted: code gets compiled, plans and connections get made.</summary>
    private const int WarmUpSeconds = 10;

    private const int WarmUpPerSecond = 20;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int rate, int seconds, bool withCeiling, CancellationToken cancellationToken)
    {
        const int warmUp = WarmUpSeconds * WarmUpPerSecond;
        var requests = new BirthRequests(warmUp + (rate * seconds));
        Say($"Starting a mall with {requests.People:N0} people …");
        await using var mall = await Mall.StartAsync(
            MallOptions.ForTests() with { SandboxPeople = requests.People }, progress: null, cancellationToken);
        using var client = await mall.ClientAsync("portal", cancellationToken);
        await using var probe = new MallProbe(mall.Servers);

        Say($"Warming up: {warmUp} applications …");
        await new Submissions(client, requests).RunAsync(0, warmUp, WarmUpPerSecond, cancellationToken);
        await DrainAsync(probe, cancellationToken);

        Say($"Submitting {rate}/s for {seconds} s …");
        var (since, cpuBefore, sentBefore) =
            (TimeProvider.System.GetUtcNow(), Cpu(mall), await probe.MessagesSentAsync(cancellationToken));
        var watch = Stopwatch.StartNew();
        var submissions = new Submissions(client, requests);
        var ages = new List<double>();
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampler = SampleAsync(probe, ages, sampling.Token);
        await submissions.RunAsync(warmUp, rate * seconds, rate, cancellationToken);
        var submitted = watch.Elapsed;
        await DrainAsync(probe, cancellationToken);
        var drained = watch.Elapsed;
        await sampling.CancelAsync();
        await sampler;

        var cpu = Cpu(mall).Select(p => (p.Key, Seconds: (p.Value - cpuBefore[p.Key]).TotalSeconds))
            .Where(p => p.Seconds >= 0.05).OrderByDescending(p => p.Seconds).ToList();
        var sent = await probe.MessagesSentAsync(cancellationToken) - sentBefore;
        var completed = await probe.CompletedSinceAsync(since, cancellationToken);
        // Until the last one ended, not only while submitting: a backlog must not make the figure look better.
        var span = completed.Count == 0
            ? drained.TotalSeconds
            : (completed.Max(c => c.EndedAt) - since.UtcDateTime).TotalSeconds;
        var accept = Percentiles.Of(submissions.AcceptMilliseconds);
        var complete = Percentiles.Of(completed.Select(c => c.Milliseconds));
        var age = Percentiles.Of(ages);
        var moved = sent / span;

        var figures = new Table().AddColumns("figure", "value");
        figures.AddRow("accepted/s", Number(submissions.AcceptMilliseconds.Count / submitted.TotalSeconds));
        figures.AddRow("completed/s", Number(completed.Count / span));
        figures.AddRow("accept latency ms (p50, p95, p99, max)", Row(accept));
        figures.AddRow("submit to completed ms (p50, p95, p99, max)", Row(complete));
        figures.AddRow("oldest outbox age ms (p50, p95, p99, max)", Row(age));
        figures.AddRow("messages per application", Number((double)sent / Math.Max(1, completed.Count)));
        figures.AddRow("messages/s", Number(moved));
        figures.AddRow("CPU seconds, of " + Number(span * Environment.ProcessorCount),
            string.Join(", ", cpu.Select(p => $"{p.Key} {Number(p.Seconds)}")));
        figures.AddRow("states", Markup.Escape(await probe.StatusesAsync(since, cancellationToken)));
        if (!submissions.Refused.IsEmpty)
        {
            figures.AddRow("refused", Markup.Escape(string.Join(
                ", ", submissions.Refused.Select(r => $"{(int)r.Key}: {r.Value}")) + " " + submissions.FirstRefusal));
        }

        if (withCeiling)
        {
            Say("Measuring MassTransit alone on the same broker …");
            var ceiling = await Ceiling.MeasureAsync(mall.Servers.RabbitMqUri, seconds: 10, cancellationToken);
            figures.AddRow("ceiling, messages/s", Number(ceiling));
            figures.AddRow("ratio", Number(moved / ceiling, "0.00"));
        }

        AnsiConsole.Write(figures);
        return completed.Count == rate * seconds ? 0 : 1;
    }

    private static Dictionary<string, TimeSpan> Cpu(Mall mall)
    {
        var times = new Dictionary<string, TimeSpan>(mall.CpuTimes(), StringComparer.Ordinal);
        using var self = Process.GetCurrentProcess();
        times["load"] = self.TotalProcessorTime;
        return times;
    }

    private static async Task DrainAsync(MallProbe probe, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (await probe.UnfinishedAsync(cancellationToken) > 0 && watch.Elapsed < DrainLimit)
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task SampleAsync(MallProbe probe, List<double> ages, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                ages.Add(await probe.OldestOutboxMillisecondsAsync(cancellationToken));
                await Task.Delay(100, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private static void Say(string text) => AnsiConsole.MarkupLineInterpolated(
        CultureInfo.InvariantCulture, $"[grey]{text}[/]");

    private static string Row(Percentiles p) =>
        string.Join("   ", new[] { p.P50, p.P95, p.P99, p.Max }.Select(v => Number(v)));

    private static string Number(double value, string format = "0.0") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
