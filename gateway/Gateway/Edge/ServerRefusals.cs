using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Mpp.Gateway.Edge;

/// <summary>
/// Kestrel refuses by itself what it cannot read as a request (400, 408, 414, 431 and the like), with a bare status,
/// before anything of ours runs. It says so in a diagnostic event first. Kestrel then writes its bare answer, the last
/// thing on that connection. That answer is left out, and a problem with a trace id goes out in its place.
/// </summary>
internal sealed partial class ServerRefusals(ILogger<ServerRefusals> logger)
    : IObserver<KeyValuePair<string, object?>>
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Listens to a server, and to its connections.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ServerRefusals>();
        services.AddOptions<KestrelServerOptions>().Configure<ServerRefusals, DiagnosticListener>(
            static (server, refusals, events) =>
            {
                events.Subscribe(refusals, static name => name == Event);
                server.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
                    OnConnectionAsync(connection, next)));
            });
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is not { Key: Event, Value: IFeatureCollection request }
            || request.Get<Refusable>() is not { } connection
            // Under TLS our pipe is outside the encryption and sees only ciphertext, so Kestrel's own answer goes out.
            || request.Get<ITlsConnectionFeature>() is not null
            || request.Get<IHttpResponseFeature>() is not { HasStarted: false } response)
        {
            return;
        }

        var trace = ActivityTraceId.CreateRandom().ToHexString();
        connection.Refuse(Answer(response.StatusCode, trace));
        LogRefused(logger, response.StatusCode, trace);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        var output = new Refusable(transport.Output);
        connection.Features.Set(output);
        connection.Transport = new Pipe(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private static byte[] Answer(int status, string trace)
    {
        var body = Problem.Of(ProblemCodes.ForStatus(status)).ToUtf8Bytes(trace);
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\nContent-Length: {body.Length}\r\n"
            + $"Content-Type: application/problem+json\r\nCache-Control: no-store\r\nConnection: close\r\n"
            + $"Date: {TimeProvider.System.GetUtcNow():R}\r\n{TraceIdHeader.Name}: {trace}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    [LoggerMessage(1, LogLevel.Information, "A request that cannot be read was refused with {Status} (trace {Trace}).")]
    private static partial void LogRefused(ILogger logger, int status, string trace);

    private sealed class Pipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    /// <summary>
    /// A connection's output, which leaves out everything that is written once a refusal has been put in its place.
    /// </summary>
    private sealed class Refusable(PipeWriter output) : PipeWriter
    {
        private byte[]? _scratch;

        public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

        public override long UnflushedBytes => output.UnflushedBytes;

        public void Refuse(byte[] answer)
        {
            if (_scratch is null)
            {
                output.Write(answer);
                _scratch = new byte[4096];
            }
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) =>
            _scratch is null ? output.GetMemory(sizeHint) : Scratch(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) =>
            _scratch is null ? output.GetSpan(sizeHint) : Scratch(sizeHint);

        public override void Advance(int bytes)
        {
            if (_scratch is null)
            {
                output.Advance(bytes);
            }
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            output.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => output.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => output.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);

        private byte[] Scratch(int sizeHint) => sizeHint > _scratch!.Length ? new byte[sizeHint] : _scratch;
    }
}
