namespace Mpp.Hosting.Telemetry;

/// <summary>Where people look at traces. Configuration section <c>Traces</c>.</summary>
public sealed class TraceViewer
{
    internal const string Section = "Traces";

    private const string TraceId = "{traceId}";
    private const string SpanId = "{spanId}";

    /// <summary>
    /// The address of a span in any viewer, with <c>{traceId}</c> (32 hex digits) and, where the viewer can show one
    /// span of a trace, <c>{spanId}</c> (16). Without it nobody is led to a viewer.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The address of a span; <see langword="null"/> when no viewer is known.</summary>
    /// <param name="span">The span.</param>
    public Uri? AddressOf(SpanRef span)
    {
        ArgumentNullException.ThrowIfNull(span);
        return Url is null ? null : new Uri(Url
            .Replace(TraceId, span.TraceId, StringComparison.Ordinal)
            .Replace(SpanId, span.SpanId, StringComparison.Ordinal));
    }

    internal static bool IsGood(TraceViewer viewer) => viewer.Url is null
        || (viewer.Url.Contains(TraceId, StringComparison.Ordinal)
            && Uri.TryCreate(viewer.Url.Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));
}
