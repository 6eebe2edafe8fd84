namespace Mpp.Hosting.Telemetry;

/// <summary>Leads to spans in a viewer of traces. Configuration section <c>Traces</c>.</summary>
public sealed class TraceLinks
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
    public Uri? To(SpanRef span)
    {
        ArgumentNullException.ThrowIfNull(span);
        return Url is null ? null : new Uri(Url
            .Replace(TraceId, span.TraceId, StringComparison.Ordinal)
            .Replace(SpanId, span.SpanId, StringComparison.Ordinal));
    }

    internal static bool IsGood(TraceLinks links) => links.Url is null
        || (links.Url.Contains(TraceId, StringComparison.Ordinal)
            && Uri.TryCreate(links.Url.Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));
}
