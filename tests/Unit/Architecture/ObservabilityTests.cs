using System.Text.RegularExpressions;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>
/// What <c>deploy/observability</c> asks for is what the services measure, and each alert has its page.
/// </summary>
public sealed partial class ObservabilityTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "observability");

    [Theory]
    [InlineData("alerts.yaml")]
    [InlineData("dashboard.json")]
    public void Metrics_that_are_asked_for_are_measured(string file)
    {
        var measured = Instruments().SelectMany(PrometheusNames).ToHashSet(StringComparer.Ordinal);
        measured.Count.ShouldBeGreaterThan(30);

        var asked = PrometheusName().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(m => m.Value)
            .Distinct(StringComparer.Ordinal).ToList();

        asked.ShouldNotBeEmpty();
        asked.Where(name => !measured.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_alert_has_a_page_and_leads_to_it()
    {
        var alerts = File.ReadAllText(Path.Combine(Folder, "alerts.yaml"));
        var names = AlertName().Matches(alerts).Select(m => m.Groups["name"].Value).ToList();
        var pages = PageTitle().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbooks.md")))
            .Select(m => m.Groups["name"].Value).ToList();

        pages.ShouldBe(names);
        RunbookLink().Matches(alerts).Select(m => m.Groups["name"].Value)
            .ShouldBe(names.Select(name => name.ToLowerInvariant()));
    }

    private static IEnumerable<(string Kind, string Name, string Unit)> Instruments() =>
        from path in TrackedFiles.Of("*.cs")
        where path.StartsWith("services/", StringComparison.Ordinal)
        from Match match in Instrument().Matches(File.ReadAllText(Path.Combine(Repository.Root, path)))
        select (match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["unit"].Value);

    // https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
    private static IEnumerable<string> PrometheusNames((string Kind, string Name, string Unit) instrument)
    {
        var unit = instrument.Unit == "s" ? "_seconds" : "";
        var name = instrument.Name.Replace('.', '_') + unit;
        return instrument.Kind switch
        {
            "Counter" => [name + "_total"],
            "Histogram" => [name + "_bucket", name + "_count", name + "_sum"],
            _ => [name],
        };
    }

    [GeneratedRegex("""
        Create(?<kind>Counter|Histogram|ObservableGauge)(<\w+>)?\(\s*
        "(?<name>mpp\.[^"]+)",\s*(\(\)\s=>\s[^,]+,\s*)?"(?<unit>[^"]*)"
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\bmpp_[a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex PrometheusName();

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AlertName();

    [GeneratedRegex(
        @"^## (?<name>\w+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PageTitle();

    [GeneratedRegex(
        @"runbook_url: docs/runbooks\.md#(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RunbookLink();
}
