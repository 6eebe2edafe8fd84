using Mpp.Hosting.Telemetry;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class TraceLinksTests
{
    private static readonly SpanRef Span = new("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");

    [Theory]
    [InlineData(
        "https://jaeger.example/trace/{traceId}?uiFind={spanId}",
        "https://jaeger.example/trace/4bf92f3577b34da6a3ce929d0e0e4736?uiFind=00f067aa0ba902b7")]
    [InlineData("http://tempo.example/{traceId}", "http://tempo.example/4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData(null, null)]
    public void A_span_has_an_address_in_any_viewer(string? template, string? address)
    {
        var links = new TraceLinks { Url = template };

        TraceLinks.IsGood(links).ShouldBeTrue();
        links.To(Span)?.AbsoluteUri.ShouldBe(address);
        (links.To(Span) is null).ShouldBe(address is null);
    }

    /// <summary>Each template that docs/operations.md has to copy.</summary>
    [Fact]
    public void The_templates_of_the_manual_are_good()
    {
        var templates = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .Where(line => line.StartsWith('|') && line.Contains("://", StringComparison.Ordinal)
                && line.Contains("{traceId}", StringComparison.Ordinal))
            .Select(line => line.Split('`')[^2]).ToList();

        templates.Count.ShouldBe(3);
        foreach (var links in templates.Select(template => new TraceLinks { Url = template }))
        {
            TraceLinks.IsGood(links).ShouldBeTrue(links.Url);
            var address = links.To(Span)!.AbsoluteUri;
            address.ShouldContain(Span.TraceId);
            address.ShouldNotContain('{');
            address.ShouldNotContain('"');
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://jaeger.example/trace/")]
    [InlineData("jaeger.example/trace/{traceId}")]
    [InlineData("javascript:alert('{traceId}')")]
    [InlineData("/trace/{traceId}")]
    public void A_template_that_leads_nowhere_is_refused(string template) =>
        TraceLinks.IsGood(new TraceLinks { Url = template }).ShouldBeFalse();

    [Fact]
    public void A_span_is_kept_in_24_bytes()
    {
        using var activity = new System.Diagnostics.Activity("work").SetIdFormat(
            System.Diagnostics.ActivityIdFormat.W3C).Start();

        var bytes = SpanRef.CurrentBytes()!;

        bytes.Length.ShouldBe(24);
        SpanRef.Of(bytes).ShouldBe(new SpanRef(activity.TraceId.ToHexString(), activity.SpanId.ToHexString()));
    }
}
