using System.Diagnostics;
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
        builder.Services.AddSingleton<DistributedContextPropagator>(
            new EdgePropagator(DistributedContextPropagator.CreateDefaultPropagator()));
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            var limits = options.Limits;
            limits.MaxRequestLineSize = 4 * 1024;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.MaxConcurrentConnections = 20_000;
        });
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

/// <summary>
/// Takes the trace id of a caller, so that both sides find the same trace, but none of its baggage or state: those
/// would travel on to every service behind. Whether the trace is kept is decided by our sampler, whatever the caller's
/// flag says.
/// </summary>
internal sealed class EdgePropagator(DistributedContextPropagator inner) : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => inner.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        inner.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        inner.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier, PropagatorGetterCallback? getter) => null;
}
