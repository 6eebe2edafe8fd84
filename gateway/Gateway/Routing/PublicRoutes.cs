using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Mpp.Gateway.Edge;
using Mpp.Hosting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Mpp.Gateway.Routing;

/// <summary>Turns the route table and the service addresses into YARP's configuration.</summary>
internal static class PublicRoutes
{
    private const string ScopeKey = "scope";

    public static void AddPublicRoutes(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section)
            .PostConfigure(options => options.ReadShellNames()).ValidateOnStart();
        // UpstreamFailures says the same in one line, and so does a change of a service's health.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.Error);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
        services.AddRequestTimeouts();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<GatewayOptions>>((authorization, gateway) =>
        {
            foreach (var scope in gateway.Value.AllRoutes()
                .Select(route => route.Access.RequiredScope).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                authorization.AddPolicy(
                    scope, policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)));
            }
        });
        services.AddSingleton<IProxyConfigProvider>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            return new InMemoryConfigProvider([.. options.AllRoutes().Select(Route)],
                [.. options.Services.Select(service => Cluster(service.Key, service.Value, options))]);
        });
        services.AddSingleton<IPassiveHealthCheckPolicy, TransportFailurePolicy>();
        services.AddReverseProxy()
            .AddTransforms(HeaderHygiene.Transform)
            .AddTransforms(SpanTags.Transform)
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                // Headers go on byte for byte, as the server reads them.
                handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
            });
    }

    public static void MapPublicRoutes(this WebApplication app) => app
        .MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<WholeBody>();
            proxy.UseMiddleware<UpstreamFailures>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        })
        // For the WWW-Authenticate header of a refusal.
        .Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<RouteModel>()
                .FirstOrDefault()?.Config.Metadata?.GetValueOrDefault(ScopeKey) is { } scope)
            {
                endpoint.Metadata.Add(new RequiredScope(scope));
            }
        });

    internal static RouteConfig Route(PublicRoute route) => new()
    {
        RouteId = route.Name,
        ClusterId = route.Service,
        Match = new RouteMatch
        {
            Path = route.Path,
            Methods = [route.Method],
        },
        AuthorizationPolicy = route.Access.RequiredScope ?? "anonymous",
        Timeout = route.Timeout,
        TimeoutPolicy = route.Timeout is null ? "disable" : null,
        MaxRequestBodySize = MppHost.MaxRequestBody,
        Metadata = route.Access.RequiredScope is { } scope
            ? new Dictionary<string, string>(StringComparer.Ordinal) { [ScopeKey] = scope }
            : route.IsPage ? HeaderHygiene.WithCookies
            : null,
    };

    private static ClusterConfig Cluster(string service, string addresses, GatewayOptions options) => new()
    {
        ClusterId = service,
        Destinations = GatewayOptions.Addresses(addresses).Select((address, index) => (address, index)).ToDictionary(
            copy => copy.index.ToString(CultureInfo.InvariantCulture),
            copy => new DestinationConfig { Address = copy.address }, StringComparer.Ordinal),
        // One failed probe is enough: with a single copy nothing is lost by it (see below), and the status page tells
        // the truth.
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1"
        },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.SilenceLimit },
        HealthCheck = new HealthCheckConfig
        {
            // When every copy looks ill, trying is better than refusing: a service that came back answers at once, not
            // at the next probe.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.HealthInterval,
                Timeout = TimeSpan.FromSeconds(3),
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health/ready",
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = TransportFailurePolicy.PolicyName,
                ReactivationPeriod = TimeSpan.FromSeconds(10),
            },
        },
    };
}
