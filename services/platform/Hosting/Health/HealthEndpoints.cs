using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Health;

/// <summary>Marks an endpoint that answers before the service is prepared.</summary>
internal sealed class HealthEndpoint
{
    public static readonly HealthEndpoint Instance = new();
}

internal static class HealthEndpoints
{
    public static void AddMppHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ServiceHealthCheck>("service", tags: ["ready"]);

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: everything it needs answers.</summary>
    public static void MapMppHealth(this IEndpointRouteBuilder endpoints)
    {
        Map("/health/live", _ => false);
        Map("/health/ready", check => check.Tags.Contains("ready"));

        void Map(string pattern, Func<HealthCheckRegistration, bool> predicate) => endpoints
            .MapHealthChecks(pattern, new HealthCheckOptions { Predicate = predicate, ResponseWriter = WriteAsync, AllowCachingResponses = false })
            .WithMetadata(HealthEndpoint.Instance).AllowAnonymous().DisableHttpMetrics();
    }

    /// <summary>Names and statuses only: descriptions and exceptions may name hosts and users, and anybody may ask.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(Text(report.Status), [.. report.Entries.Select(entry => new HealthAnswerCheck(entry.Key, Text(entry.Value.Status)))]),
        context.RequestAborted);

    private static string Text(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthAnswerCheck> Checks);

internal sealed record HealthAnswerCheck(string Name, string Status);

/// <summary>Ready between the end of preparation and the beginning of shutdown.</summary>
internal sealed class ServiceHealthCheck(PreparationState preparation, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        preparation.IsDone && !lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus));
}
