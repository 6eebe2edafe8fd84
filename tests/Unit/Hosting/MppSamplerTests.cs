using System.Diagnostics;
using Mpp.Hosting.Telemetry;
using OpenTelemetry.Trace;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class MppSamplerTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public void Health_checks_leave_no_trace(string path) =>
        Decide(new TelemetryOptions(), tags: [new("url.path", path)]).ShouldBe(SamplingDecision.Drop);

    [Fact]
    public void Probes_of_the_gateway_leave_no_trace() =>
        Decide(new TelemetryOptions(), name: "proxy.cluster_health_checks").ShouldBe(SamplingDecision.Drop);

    [Theory]
    [InlineData(true, SamplingDecision.RecordAndSample)]
    [InlineData(false, SamplingDecision.Drop)]
    public void Inside_the_parent_decides(bool sampled, SamplingDecision decision) =>
        Decide(new TelemetryOptions(), Parent(sampled, remote: true)).ShouldBe(decision);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void At_the_edge_the_flag_of_a_caller_decides_nothing(bool sampled)
    {
        Decide(new TelemetryOptions { IsPublicEdge = true, SampleRatio = 1 }, Parent(sampled, remote: true))
            .ShouldBe(SamplingDecision.RecordAndSample);
        Decide(new TelemetryOptions { IsPublicEdge = true, SampleRatio = 0 }, Parent(sampled, remote: true))
            .ShouldBe(SamplingDecision.Drop);
    }

    [Fact]
    public void At_the_edge_our_own_spans_follow_their_parent() =>
        Decide(new TelemetryOptions { IsPublicEdge = true, SampleRatio = 0 }, Parent(sampled: true, remote: false))
            .ShouldBe(SamplingDecision.RecordAndSample);

    private static ActivityContext Parent(bool sampled, bool remote) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(),
            sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, isRemote: remote);

    private static SamplingDecision Decide(
        TelemetryOptions options, ActivityContext parent = default, string name = "GET",
        IEnumerable<KeyValuePair<string, object?>>? tags = null) =>
        new MppSampler(options).ShouldSample(new SamplingParameters(
            parent, parent == default ? ActivityTraceId.CreateRandom() : parent.TraceId, name,
            ActivityKind.Server, tags!)).Decision;
}
