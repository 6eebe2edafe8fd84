using Mpp.Load.Measuring;
using Spectre.Console;
using static Mpp.Load.Printing;

namespace Mpp.Load.Comparison;

/// <summary>The figures of a turn, and of two sides beside each other.</summary>
internal static class ComparisonTable
{
    private const string Gateway = "gateway";

    private static readonly (string Name, Func<Figures, double> Of, string Format)[] Rows =
    [
        ("accepted/s", f => f.AcceptedPerSecond, "0.0"),
        ("completed/s", f => f.CompletedPerSecond, "0.0"),
        ("submit to completed ms, p50", f => f.Complete.P50, "0"),
        ("submit to completed ms, p95", f => f.Complete.P95, "0"),
        ("oldest outbox age ms, p95", f => f.OldestMessage.P95, "0"),
        ("messages an application", f => f.PerApplication(f.Messages), "0.0"),
        ("commits an application", f => f.PerApplication(f.Commits), "0.0"),
        ("WAL bytes an application", f => f.PerApplication(f.WalBytes), "0"),
        ("CPU ms an application, compared", Compared, "0.0"),
    ];

    public static void WriteTurn(string title, Figures figures)
    {
        var table = new Table().Title(Markup.Escape(title)).AddColumns("figure", "value");
        foreach (var (name, of, format) in Rows)
        {
            table.AddRow(name, Number(of(figures), format));
        }

        foreach (var process in Processes([figures]))
        {
            table.AddRow(Label(process), Number(CpuOf(figures, process)));
        }

        table.AddRow("states", Markup.Escape(figures.States));
        if (figures.Refused.Count > 0)
        {
            table.AddRow("refused", Markup.Escape(Refusals(figures)));
        }

        AnsiConsole.Write(table);
    }

    public static void WriteSummary(
        string ours, IReadOnlyList<Figures> oursTurns, string peer, IReadOnlyList<Figures> peerTurns)
    {
        var table = new Table().Title($"median of {oursTurns.Count} turns")
            .AddColumns("figure", Markup.Escape(ours), Markup.Escape(peer), "ours / peer");
        foreach (var (name, of, format) in Rows)
        {
            Add(name, Median(oursTurns, of), Median(peerTurns, of), format);
        }

        foreach (var process in Processes([.. oursTurns, .. peerTurns]))
        {
            Add(Label(process), Median(oursTurns, f => CpuOf(f, process)), Median(peerTurns, f => CpuOf(f, process)),
                "0.0");
        }

        AnsiConsole.Write(table);
        Say($"Compared is the processor time of all processes but {Measurement.Load}, which submits, and {Gateway}, "
            + "which the peer does not have.");

        void Add(string name, double left, double right, string format) => table.AddRow(
            name, Number(left, format), Number(right, format), right > 0 ? Number(left / right, "0.00") : "");
    }

    private static double Compared(Figures figures) => figures.Cpu
        .Where(p => p.Key is not (Gateway or Measurement.Load)).Sum(p => CpuOf(figures, p.Key));

    private static double CpuOf(Figures figures, string process) =>
        figures.PerApplication(figures.Cpu.GetValueOrDefault(process).TotalMilliseconds);

    private static IEnumerable<string> Processes(IReadOnlyList<Figures> turns) => turns.SelectMany(f => f.Cpu.Keys)
        .Distinct(StringComparer.Ordinal).OrderByDescending(process => turns.Max(f => CpuOf(f, process)));

    private static string Label(string process) => process is Gateway or Measurement.Load
        ? $"- CPU ms of {process}, not compared"
        : $"- CPU ms of {process}";

    private static double Median(IReadOnlyList<Figures> turns, Func<Figures, double> of)
    {
        double[] sorted = [.. turns.Select(of).Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
