using System.Net;
using Mpp.Integration.Gateway;
using Mpp.Support;
using Mpp.Support.Telemetry;
using Shouldly;

namespace Mpp.Integration.Hosting;

public sealed class TelemetryTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4701";

    [Fact]
    public async Task A_request_leaves_a_span_with_route_status_and_name()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var service = await ProbeService.StartAsync("http://issuer.test", Arguments(collector));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/broken");
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");

        using var answer = await service.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await service.GetAsync("/health/ready")).Dispose();

        await Wait.UntilAsync(() => collector.Trace(TraceId).Any(span => span.Name == "GET /broken"),
            TimeSpan.FromSeconds(20), "no span came");
        var span = collector.Trace(TraceId).First(span => span.Name == "GET /broken");
        span.Kind.ShouldBe(ReceivedSpanKind.Server);
        span.IsError.ShouldBeTrue();
        span.Attributes["http.route"].ShouldBe("/broken");
        span.Attributes["http.response.status_code"].ShouldBe("500");
        span.Attributes["url.path"].ShouldBe("/broken");
        // Of any service of this process: what other tests do in it is collected too.
        collector.Spans.ShouldNotContain(other => other.Attributes.ContainsKey("url.path")
            && other.Attributes["url.path"].StartsWith("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_gateway_keeps_a_trace_that_the_caller_does_not_and_passes_it_on()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4702";
        await using var collector = await OtlpReceiver.StartAsync();
        await using var gateway =
            await GatewayHost.StartAsync(new Dictionary<string, string>(collector.Environment, StringComparer.Ordinal));

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/packages/birth", token: null, content: null,
            ("traceparent", $"00-{trace}-00f067aa0ba902b7-00"));

        gateway.Catalogue.TheOnlyRequest().Headers["traceparent"].ShouldEndWith("-01");
        await Wait.UntilAsync(() => collector.Trace(trace).Any(span => span.Name == "GET /v1/packages/{code}"),
            TimeSpan.FromSeconds(20), "no span came");
        var span = collector.Trace(trace).First(span => span.Name == "GET /v1/packages/{code}");
        span.ParentSpanId.ShouldBe("00f067aa0ba902b7");
        span.Attributes["http.response.status_code"].ShouldBe("204");
        span.IsError.ShouldBeFalse();
    }

    private static string[] Arguments(OtlpReceiver collector) =>
        [.. collector.Environment.Select(variable => $"--{variable.Key}={variable.Value}")];
}
