using System.Text.RegularExpressions;
using Shouldly;

namespace Mpp.Integration.Gateway;

/// <summary>
/// The W3C's own test suite for trace context, all cases but those about <c>tracestate</c>, which is not passed on by
/// intent: what the caller sends, and what the service behind the gateway then gets.
/// </summary>
public sealed partial class TraceContextTests : IAsyncLifetime
{
    private const string Trace = "12345678901234567890123456789012";
    private const string Parent = "1234567890123456";
    private const string Good = $"00-{Trace}-{Parent}-01";

    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task Without_a_traceparent_a_trace_begins() => (await SendAsync()).ShouldNotBe(Trace);

    [Theory]
    [InlineData("traceparent", Good)]
    [InlineData("TraceParent", Good)]
    [InlineData("TrAcEpArEnT", Good)]
    [InlineData("TRACEPARENT", Good)]
    [InlineData("traceparent", $"cc-{Trace}-{Parent}-01")]
    [InlineData("traceparent", $"cc-{Trace}-{Parent}-01-what-the-future-will-be-like")]
    [InlineData("traceparent", $" {Good}")]
    [InlineData("traceparent", $"\t{Good}")]
    [InlineData("traceparent", $"{Good} ")]
    [InlineData("traceparent", $"{Good}\t")]
    [InlineData("traceparent", $"\t {Good} \t")]
    public async Task The_trace_of_the_caller_goes_on_with_another_parent(string name, string value) =>
        (await SendAsync($"{name}:{value}")).ShouldBe(Trace);

    [Theory]
    [InlineData("trace-parent", Good)]
    [InlineData("trace.parent", Good)]
    [InlineData("traceparent", $"{Good}.")]
    [InlineData("traceparent", $"{Good}-what-the-future-will-be-like")]
    [InlineData("traceparent", $"cc-{Trace}-{Parent}-01.what-the-future-will-be-like")]
    [InlineData("traceparent", $"ff-{Trace}-{Parent}-01")]
    [InlineData("traceparent", $".0-{Trace}-{Parent}-01")]
    [InlineData("traceparent", $"000-{Trace}-{Parent}-01")]
    [InlineData("traceparent", $"0-{Trace}-{Parent}-01")]
    [InlineData("traceparent", $"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData("traceparent", $"00-{Trace}3-{Parent}-01")]
    [InlineData("traceparent", $"00-1234567890123456789012345678901-{Parent}-01")]
    [InlineData("traceparent", $"00-{Trace}-0000000000000000-01")]
    [InlineData("traceparent", $"00-{Trace}-123456789012345.-01")]
    [InlineData("traceparent", $"00-{Trace}-{Parent}-0.")]
    [InlineData("traceparent", $"00-{Trace}-{Parent}-001")]
    [InlineData("traceparent", $"00-{Trace}-{Parent}-1")]
    public async Task What_is_no_traceparent_begins_another_trace(string name, string value) =>
        (await SendAsync($"{name}:{value}")).ShouldNotBe(Trace);

    [Fact]
    public async Task Two_of_them_begin_another_trace()
    {
        var trace = await SendAsync($"traceparent:00-12345678901234567890123456789011-{Parent}-01",
            $"traceparent:{Good}");

        trace.ShouldNotBe(Trace);
        trace.ShouldNotBe("12345678901234567890123456789011");
    }

    [Fact]
    public async Task Every_request_of_a_trace_has_a_parent_of_its_own()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            (await SendAsync($"traceparent:{Good}")).ShouldBe(Trace);
        }

        _gateway.Catalogue.Received.Select(r => r.Headers["traceparent"]).Distinct(StringComparer.Ordinal).Count()
            .ShouldBe(3);
    }

    [Fact]
    public async Task State_and_baggage_of_the_caller_do_not_come_in()
    {
        (await SendAsync($"traceparent:{Good}", "tracestate:foo=1,bar=2", "baggage:user=1")).ShouldBe(Trace);

        var headers = _gateway.Catalogue.TheOnlyRequest().Headers;
        headers.ContainsKey("tracestate").ShouldBeFalse();
        headers.ContainsKey("baggage").ShouldBeFalse();
    }

    /// <summary>Sends a request with headers; the trace that the service behind was told.</summary>
    private async Task<string> SendAsync(params string[] headers)
    {
        var answer = await RawConnection.SendAsync(_gateway.Client.BaseAddress!,
            $"GET /v1/packages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + $"{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");
        answer.Status.ShouldBe(204);
        var sent = Form().Match(_gateway.Catalogue.Received.Last().Headers["traceparent"]);
        sent.Success.ShouldBeTrue();
        var (trace, parent) = (sent.Groups["trace"].Value, sent.Groups["parent"].Value);
        trace.ShouldNotBe(new string('0', 32));
        parent.ShouldNotBe(Parent);
        answer.Header("Trace-Id").ShouldBe([trace]);
        return trace;
    }

    [GeneratedRegex("^00-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}$", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
