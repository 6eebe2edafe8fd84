using System.Globalization;
using Mpp.Load.Measuring;
using Spectre.Console;

namespace Mpp.Load;

/// <summary>How runs talk in the terminal.</summary>
internal static class Printing
{
    public static void Say(string text) => AnsiConsole.MarkupLineInterpolated(
        CultureInfo.InvariantCulture, $"[grey]{text}[/]");

    public static string Row(Percentiles p) =>
        string.Join("   ", new[] { p.P50, p.P95, p.P99, p.Max }.Select(v => Number(v)));

    public static string Number(double value, string format = "0.0") =>
        value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>What was not accepted, with the first answer.</summary>
    public static string Refusals(Figures figures) =>
        string.Join(", ", figures.Refused.Select(r => $"{(int)r.Key}: {r.Value}")) + " " + figures.FirstRefusal;
}
