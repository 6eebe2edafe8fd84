using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Mpp.Load.Gateway;

/// <summary>
/// YARP with one route and no policy at all, and the service behind it: each a process of its own, like the gateway it
/// is compared with.
/// </summary>
internal static class BareYarp
{
    public const string ProxyVerb = "bare-yarp";
    public const string ServiceVerb = "bare-service";

    public static async Task RunProxyAsync(string url, string upstream)
    {
        var builder = Builder(url);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "service", Match = new RouteMatch { Path = "{**path}" } }],
            [new ClusterConfig
            {
                ClusterId = "service",
                Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
                {
                    ["0"] = new() { Address = upstream }
                }
            }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }

    public static async Task RunServiceAsync(string url)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"number":"7402-261122-K7QX4M","status":"in-progress","filler":"{{new string('x', 960)}}"}""");
        await using var app = Builder(url).Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        });
        await app.RunAsync();
    }

    private static WebApplicationBuilder Builder(string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        return builder;
    }
}
