using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Mpp.Integration.Gateway;

/// <summary>A service behind the gateway that answers as a test wants, and remembers what it was asked.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    public RequestDelegate Answer { get; set; } = Results.NoContent().ExecuteAsync;

    public static async Task<StubService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(
            server => server.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1);
        var app = builder.Build();
        var stub = new StubService(app);
        app.Run(stub.HandleAsync);
        await app.StartAsync();
        return stub;
    }

    public ReceivedRequest TheOnlyRequest()
    {
        Received.Count.ShouldBe(1);
        return Received.Single();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return Task.CompletedTask;
        }

        Received.Enqueue(new ReceivedRequest(
            context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        return Answer(context);
    }
}

internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers);
