using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Mpp.Gateway.Status;

/// <summary>
/// How a service behind the gateway looks: <c>healthy</c>, <c>unhealthy</c>, or <c>unknown</c> before it was asked for
/// the first time.
/// </summary>
internal sealed record ServiceStatus(string Name, string Status, int Copies, int HealthyCopies);

/// <summary>Everything behind the gateway.</summary>
internal sealed record MallStatus(string Status, IReadOnlyList<ServiceStatus> Services)
{
    public static MallStatus Of(IProxyStateLookup proxy)
    {
        List<ServiceStatus> services =
            [.. proxy.GetClusters().Select(Of).OrderBy(service => service.Name, StringComparer.Ordinal)];
        return new MallStatus(
            services.TrueForAll(service => service.Status == "healthy") ? "healthy" : "degraded", services);
    }

    private static ServiceStatus Of(ClusterState cluster)
    {
        var copies = cluster.Destinations.Values;
        var healthy = copies.Count(copy => copy.Health.Active == DestinationHealth.Healthy
            && copy.Health.Passive != DestinationHealth.Unhealthy);
        var status = healthy > 0 ? "healthy"
            : copies.All(copy => copy.Health.Active == DestinationHealth.Unknown) ? "unknown" : "unhealthy";
        return new ServiceStatus(cluster.ClusterId, status, cluster.Destinations.Count, healthy);
    }
}
