using System.Globalization;
using Mpp.Load.Measuring;
using Mpp.Load.Sides;
using Spectre.Console;
using static Mpp.Load.Printing;

namespace Mpp.Load;

/// <summary>
/// Applications for a birth, six steps each, through the gateway of a private mall. Everything is on this machine, load
/// included.
/// </summary>
internal static class ApplicationsRun
{
    private const int WarmUpSeconds = 10;

    private const int WarmUpPerSecond = 20;

    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(
        int rate, int seconds, CancellationToken cancellationToken, bool withCeiling = false, int copies = 1,
        bool traces = false)
    {
        const int warmUp = WarmUpSeconds * WarmUpPerSecond;
        var requests = new BirthRequests(warmUp + (rate * seconds));
        Say($"Starting a mall with {requests.People.ToString("N0", CultureInfo.InvariantCulture)} people …");
        await using var mall = await MallSide.StartAsync(requests.People, cancellationToken, copies, traces);
        var measurement = new Measurement(mall, requests);

        Say($"Warming up: {warmUp} applications …");
        await measurement.WarmUpAsync(warmUp, WarmUpPerSecond, cancellationToken);

        Say($"Submitting {rate}/s for {seconds} s …");
        var measured = await measurement.RunAsync(warmUp, rate, seconds, Sampling, cancellationToken);

        var table = new Table().AddColumns("figure", "value");
        table.AddRow("accepted/s", Number(measured.AcceptedPerSecond));
        table.AddRow("completed/s", Number(measured.CompletedPerSecond));
        table.AddRow("accept latency ms (p50, p95, p99, max)", Row(measured.Accept));
        table.AddRow("submit to completed ms (p50, p95, p99, max)", Row(measured.Complete));
        table.AddRow("oldest outbox age ms (p50, p95, p99, max)", Row(measured.OldestMessage));
        table.AddRow("messages per application", Number(measured.PerApplication(measured.Messages)));
        table.AddRow("messages/s", Number(measured.MessagesPerSecond));
        table.AddRow("CPU seconds, of " + Number(measured.Span.TotalSeconds * Environment.ProcessorCount),
            string.Join(", ", measured.Cpu.Select(p => (p.Key, Seconds: p.Value.TotalSeconds))
                .Where(p => p.Seconds >= 0.05).OrderByDescending(p => p.Seconds)
                .Select(p => $"{p.Key} {Number(p.Seconds)}")));
        table.AddRow("states", Markup.Escape(measured.States));
        if (measured.Refused.Count > 0)
        {
            table.AddRow("refused", Markup.Escape(Refusals(measured)));
        }

        if (withCeiling)
        {
            Say("Measuring MassTransit alone on the same broker …");
            var ceiling = await Ceiling.MeasureAsync(mall.Mall.Servers.RabbitMqUri, seconds: 10, cancellationToken);
            table.AddRow("ceiling, messages/s", Number(ceiling));
            table.AddRow("ratio", Number(measured.MessagesPerSecond / ceiling, "0.00"));
        }

        AnsiConsole.Write(table);
        return measured.Completed == rate * seconds ? 0 : 1;
    }
}
