using OpenTelemetry.Trace;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Keeps what its parent keeps, and <see cref="TelemetryOptions.SampleRatio"/> of the rest; drops health checks, which
/// would be most of all traces. At the public edge a parent from outside decides nothing: otherwise a caller could
/// switch our sampling on and off.
/// </summary>
internal sealed class MppSampler(TelemetryOptions options) : Sampler
{
    private readonly TraceIdRatioBasedSampler _ratio = new(options.SampleRatio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (IsHealth(samplingParameters))
        {
            return new SamplingResult(SamplingDecision.Drop);
        }

        var parent = samplingParameters.ParentContext;
        var trusted = parent.TraceId != default && !(options.IsPublicEdge && parent.IsRemote);
        return trusted
            ? new SamplingResult(parent.TraceFlags.HasFlag(System.Diagnostics.ActivityTraceFlags.Recorded))
            : _ratio.ShouldSample(samplingParameters);
    }

    private static bool IsHealth(in SamplingParameters parameters)
    {
        if (parameters.Name == "proxy.cluster_health_checks")
        {
            return true;
        }

        foreach (var tag in parameters.Tags ?? [])
        {
            if (tag.Key == "url.path")
            {
                return tag.Value is string path && path.StartsWith("/health", StringComparison.Ordinal);
            }
        }

        return false;
    }
}
