using System.Buffers;
using System.Diagnostics;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Takes the trace id of a caller, so that both sides find the same trace, but none of its <c>tracestate</c> or
/// baggage: those would travel on to every service behind, and nobody here reads them. Whether the trace is kept is
/// decided by our sampler, whatever the caller's flag says. Only the part of <c>traceparent</c> is read that every
/// version must have (W3C Trace Context, 4.3). A value that does not fit counts as none, and a new trace begins.
/// </summary>
internal sealed class TraceParent(DistributedContextPropagator inner) : DistributedContextPropagator
{
    private const string Header = "traceparent";
    private const int Length = 55;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public override IReadOnlyCollection<string> Fields => inner.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        inner.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        string? value = null;
        IEnumerable<string>? values = null;
        getter?.Invoke(carrier, Header, out value, out values);
        // Two values count as none: nobody knows which one is meant.
        if (Only(value, values) is { } only && Known(only) is { } known)
        {
            traceId = known;
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier, PropagatorGetterCallback? getter) => null;

    /// <summary>The value in the form of version 00; <see langword="null"/> when it does not fit.</summary>
    internal static string? Known(string value)
    {
        var text = value.AsSpan().Trim(" \t");
        var hasParts = text.Length >= Length && text[2] == '-' && text[35] == '-' && text[52] == '-';
        if (!hasParts)
        {
            return null;
        }

        var version = text[..2];
        var traceId = text[3..35];
        var spanId = text[36..52];
        var isHex = IsHex(version) && IsHex(traceId) && IsHex(spanId) && IsHex(text[53..Length]);
        var hasIds = traceId.ContainsAnyExcept('0') && spanId.ContainsAnyExcept('0');
        // Version 00 ends here; a later one may go on.
        var endsWell = text.Length == Length || (version is not "00" && text[Length] == '-');
        return isHex && version is not "ff" && hasIds && endsWell ? $"00{text[2..Length]}" : null;
    }

    private static string? Only(string? value, IEnumerable<string>? values)
    {
        if (values is null)
        {
            return value;
        }

        var all = values.Take(2).ToList();
        return all.Count == 1 ? all[0] : null;
    }

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hex);
}
