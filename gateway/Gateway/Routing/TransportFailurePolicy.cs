using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Mpp.Gateway.Routing;

/// <summary>
/// Passes over a copy of a service for some seconds after it could not be reached or did not answer. YARP's own
/// TransportFailureRate keeps a record of every request under one lock, which was the most contended place of the
/// gateway under load; this looks at failures only.
/// </summary>
internal sealed class TransportFailurePolicy(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "TransportFailure";

    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(10);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && failure.IsOfTheService()
            && !context.RequestAborted.IsCancellationRequested)
        {
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy,
                cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? DefaultPause);
        }
    }
}
