using System.Globalization;
using Mpp.Support.Telemetry.Wire;

namespace Mpp.Support.Telemetry;

/// <summary>A span as a collector gets it. Ids are lower-case hex; the parent's is empty for a root.</summary>
public sealed record ReceivedSpan
{
    /// <summary>The resource's <c>service.name</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The name of the ActivitySource.</summary>
    public required string Source { get; init; }

    /// <summary>The span's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the span is to others.</summary>
    public required ReceivedSpanKind Kind { get; init; }

    /// <summary>32 digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>16 digits, or empty.</summary>
    public required string ParentSpanId { get; init; }

    /// <summary>Start.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Whether the status is "error".</summary>
    public required bool IsError { get; init; }

    /// <summary>Attributes as text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Trace ids of the links.</summary>
    public required IReadOnlyList<string> LinkedTraces { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Service} {Kind} {Name} [{Source}] {SpanId} ← {(ParentSpanId.Length == 0 ? "root" : ParentSpanId)}";

    internal static IEnumerable<ReceivedSpan> From(ExportTraceServiceRequest request) =>
        from resource in request.ResourceSpans
        let service = Texts(resource.Resource?.Attributes ?? []).GetValueOrDefault("service.name", "")
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new ReceivedSpan
        {
            Service = service,
            Source = scope.Scope?.Name ?? "",
            Name = span.Name,
            Kind = (ReceivedSpanKind)span.Kind,
            TraceId = Hex(span.TraceId),
            SpanId = Hex(span.SpanId),
            ParentSpanId = Hex(span.ParentSpanId),
            Start = At(span.StartTimeUnixNano),
            End = At(span.EndTimeUnixNano),
            IsError = span.Status?.Code == 2,
            Attributes = Texts(span.Attributes),
            LinkedTraces = [.. span.Links.Select(link => Hex(link.TraceId))],
        };

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static DateTimeOffset At(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));

    private static Dictionary<string, string> Texts(IEnumerable<KeyValue> attributes)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            texts[attribute.Key] = attribute.Value?.ValueCase switch
            {
                AnyValue.ValueOneofCase.StringValue => attribute.Value.StringValue,
                AnyValue.ValueOneofCase.BoolValue => attribute.Value.BoolValue ? "true" : "false",
                AnyValue.ValueOneofCase.IntValue => attribute.Value.IntValue.ToString(CultureInfo.InvariantCulture),
                AnyValue.ValueOneofCase.DoubleValue =>
                    attribute.Value.DoubleValue.ToString(CultureInfo.InvariantCulture),
                _ => "",
            };
        }
        return texts;
    }
}

/// <summary>As OTLP numbers them.</summary>
public enum ReceivedSpanKind
{
    /// <summary>Not said.</summary>
    Unspecified,
    /// <summary>Work inside the service.</summary>
    Internal,
    /// <summary>Answers a request.</summary>
    Server,
    /// <summary>Makes a request.</summary>
    Client,
    /// <summary>Sends a message.</summary>
    Producer,
    /// <summary>Takes a message.</summary>
    Consumer,
}
