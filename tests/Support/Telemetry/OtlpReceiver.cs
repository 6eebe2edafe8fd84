using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mpp.Support.Telemetry.Wire;

namespace Mpp.Support.Telemetry;

/// <summary>
/// A collector in the test process: takes traces by OTLP over HTTP with protobuf, and lets metrics and logs pass by.
/// All three are searched for texts that nothing exported may have.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SearchValues<string> _forbidden;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);

    private OtlpReceiver(WebApplication app, IEnumerable<string> forbidden)
    {
        _app = app;
        // Texts stand in the payload as they are: UTF-8, which is searched byte by byte.
        _forbidden = SearchValues.Create(
            [.. forbidden.Select(text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)))],
            StringComparison.Ordinal);
    }

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>What a service needs in its environment to send here, quickly enough for a test.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint.AbsoluteUri,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "2000",
    };

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>What was exported with a forbidden text in it.</summary>
    public IReadOnlyList<string> Leaks => [.. _leaks];

    /// <summary>How many exports came so far: of <c>traces</c>, <c>metrics</c> and <c>logs</c>.</summary>
    /// <param name="signal">Which of them.</param>
    public int Taken(string signal) => _taken.GetValueOrDefault(signal);

    /// <summary>Starts listening on a free port of loopback.</summary>
    /// <param name="forbidden">Texts that nothing exported may have.</param>
    public static async Task<OtlpReceiver> StartAsync(IEnumerable<string>? forbidden = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build(), forbidden ?? []);
        receiver._app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The spans of a trace, by start.</summary>
    /// <param name="traceId">32 lower-case hex digits.</param>
    public IReadOnlyList<ReceivedSpan> Trace(string traceId) =>
        [.. _spans.Where(span => span.TraceId == traceId).OrderBy(span => span.Start)];

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        await using var body = request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(request.Body, CompressionMode.Decompress)
            : request.Body;
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        var payload = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        Search(signal, Encoding.Latin1.GetString(payload.Span));
        if (signal == "traces")
        {
            foreach (var span in ReceivedSpan.From(ExportTraceServiceRequest.Parser.ParseFrom(payload.Span)))
            {
                _spans.Enqueue(span);
            }
        }

        _taken.AddOrUpdate(signal, 1, (_, count) => count + 1);
        // An empty message is the full-success answer.
        return Results.Bytes([], "application/x-protobuf");
    }

    private void Search(string signal, string payload)
    {
        if (payload.AsSpan().IndexOfAny(_forbidden) is >= 0 and var at)
        {
            const int around = 120;
            _leaks.Enqueue($"{signal}: {payload[Math.Max(0, at - around)..Math.Min(payload.Length, at + around)]}");
        }
    }
}
