using System.Diagnostics;

namespace Mpp.Hosting.Telemetry;

/// <summary>A span by its ids (W3C Trace Context), as it is stored with what happened in it.</summary>
/// <param name="TraceId">32 lower-case hex digits.</param>
/// <param name="SpanId">16 lower-case hex digits.</param>
public sealed record SpanRef(string TraceId, string SpanId)
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>The span of the work in hand, as bytes for a column; <see langword="null"/> outside any.</summary>
    public static byte[]? CurrentBytes()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return null;
        }

        var bytes = new byte[TraceIdBytes + SpanIdBytes];
        activity.TraceId.CopyTo(bytes.AsSpan(0, TraceIdBytes));
        activity.SpanId.CopyTo(bytes.AsSpan(TraceIdBytes));
        return bytes;
    }

    /// <summary>Reads what <see cref="CurrentBytes"/> made.</summary>
    /// <param name="bytes">The trace id, then the span id: 24 bytes.</param>
    public static SpanRef Of(byte[] bytes) => new(
        Convert.ToHexStringLower(bytes.AsSpan(0, TraceIdBytes)),
        Convert.ToHexStringLower(bytes.AsSpan(TraceIdBytes, SpanIdBytes)));
}
