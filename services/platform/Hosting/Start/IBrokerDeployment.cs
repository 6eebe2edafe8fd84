namespace Mpp.Hosting.Start;

/// <summary>What a service has at the message broker, as the command <c>broker</c> sees it.</summary>
public interface IBrokerDeployment
{
    /// <summary>Declares the service's queues, exchanges and bindings, and nothing else.</summary>
    Task DeployAsync(CancellationToken cancellationToken);
}
