using System.Buffers;
using System.Diagnostics;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Takes the trace id of a caller, so that both sides find the same trace, but none of its <c>tracestate</c> or
/// baggage: those would travel on to every service behind, and nobody here reads them. Whether the trace is kept is
/// decided by our sampler, whatever the caller's flag says. Of <c>traceparent</c> the part is read that every version
/// must have (W3C Trace Context, 4.3); one that does not fit is as good as none, and a new trace begins.
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
        // Twice is as good as none: nobody knows which one is meant.
        if (Only(value, values) is { } only && Known(only) is { } known)
        {
            traceId = known;
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier, PropagatorGetterCallback? getter) => null;

    /// <summary>The value in the form of version 00; <see langword="null"/> when it is none.</summary>
    internal static string? Known(string value)
    {
        var text = value.AsSpan().Trim(" \t");
        return text.Length >= Length && text[2] == '-' && text[35] == '-' && text[52] == '-'
            && IsHex(text[..2]) && IsHex(text[3..35]) && IsHex(text[36..52]) && IsHex(text[53..Length])
            && text[..2] is not "ff" && text[3..35].ContainsAnyExcept('0') && text[36..52].ContainsAnyExcept('0')
            && (text.Length == Length || (text[..2] is not "00" && text[Length] == '-'))
            ? $"00{text[2..Length]}"
            : null;
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
