using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mpp.Support.Telemetry.Wire;

namespace Mpp.Support.Telemetry;

/// <summary>
/// A collector in the test process: takes traces by OTLP over HTTP with protobuf, and lets metrics and logs pass by.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>What a service needs in its environment to send here, quickly enough for a test.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint.AbsoluteUri,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>Starts listening on a free port of loopback.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/traces", receiver.TakeAsync);
        receiver._app.MapPost("/v1/{signal}", () => Results.Ok());
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The spans of a trace, by start.</summary>
    /// <param name="traceId">32 lower-case hex digits.</param>
    public IReadOnlyList<ReceivedSpan> Trace(string traceId) =>
        [.. _spans.Where(span => span.TraceId == traceId).OrderBy(span => span.Start)];

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        await using var body = request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(request.Body, CompressionMode.Decompress)
            : request.Body;
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        foreach (var span in ReceivedSpan.From(
            ExportTraceServiceRequest.Parser.ParseFrom(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))))
        {
            _spans.Enqueue(span);
        }
        // An empty message is the full-success answer.
        return Results.Bytes([], "application/x-protobuf");
    }
}
