using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Mpp.Hosting.Telemetry;

namespace Mpp.Gateway.Edge;

/// <summary>What holds for every request from outside, whatever it asks for.</summary>
internal static class EdgeSetup
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<TelemetryOptions>(options => options.IsPublicEdge = true);
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            var limits = options.Limits;
            limits.MaxRequestLineSize = 4 * 1024;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.MaxConcurrentConnections = 20_000;
        });
        ServerRefusals.Add(builder.Services);
        builder.Services.AddOptions<EdgeOptions>().BindConfiguration(EdgeOptions.Section)
            .Validate(
                options => options.Fault is null,
                "Gateway:TrustedProxies has an entry that is not a network like 10.0.0.0/8.")
            .ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>((forwarded, edge) =>
        {
            forwarded.ForwardedHeaders = edge.Value.TrustedProxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var network in edge.Value.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    public static IApplicationBuilder UseEdge(this IApplicationBuilder app) => app
        .UseForwardedHeaders()
        .UseMiddleware<TraceIdHeader>();
}
