using Microsoft.Extensions.DependencyInjection;
using Mpp.Hosting.Start;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Declares the service's queues, exchanges and bindings before it runs: what others send waits for it from then on.
/// </summary>
internal sealed class BrokerDeployment(IServiceProvider services) : IBrokerDeployment
{
    /// <summary>Whether this process deploys, and nothing else.</summary>
    public bool IsAsked { get; private set; }

    public async Task DeployAsync(CancellationToken cancellationToken)
    {
        IsAsked = true;
        await services.GetRequiredService<IBusControl>().DeployAsync(cancellationToken);
    }
}
