using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mpp.Applications.Packages;

/// <summary>Ready once there is something to apply for.</summary>
internal sealed class PackagesHealthCheck(PackageDefinitions packages) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            packages.Any ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus));
}
