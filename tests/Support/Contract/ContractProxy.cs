using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Mpp.Support.Contract;

/// <summary>
/// Stands before the gateway for clients that are processes of their own: every answer passes, and is held against the
/// published document as <see cref="ContractHandler"/> does it.
/// </summary>
public sealed class ContractProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _gateway;
    private readonly ConcurrentQueue<string> _faults = new();
    private int _passed;

    private ContractProxy(WebApplication app)
    {
        _app = app;
        _gateway = new HttpMessageInvoker(new ContractHandler(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        }));
    }

    /// <summary>What a client takes for the gateway, without a slash at its end.</summary>
    public string Address => _app.Urls.First();

    /// <summary>What answered otherwise than the document says.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>How many requests were passed on.</summary>
    public int Passed => Volatile.Read(ref _passed);

    /// <summary>Starts listening on a free port of loopback.</summary>
    /// <param name="gateway">The gateway.</param>
    public static async Task<ContractProxy> StartAsync(Uri gateway)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpForwarder();
        var proxy = new ContractProxy(builder.Build());
        proxy._app.Run(context => proxy.PassAsync(context, gateway.AbsoluteUri));
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _gateway.Dispose();
    }

    private async Task PassAsync(HttpContext context, string gateway)
    {
        Interlocked.Increment(ref _passed);
        await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(
            context, gateway, _gateway, new ForwarderRequestConfig { Version = HttpVersion.Version11 });
        // A client that goes away, or a service that does, is no fault of the contract.
        for (var fault = context.GetForwarderErrorFeature()?.Exception; fault is not null; fault = fault.InnerException)
        {
            if (fault is ContractException)
            {
                _faults.Enqueue(fault.Message);
            }
        }
    }
}
