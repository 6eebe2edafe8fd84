using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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

        // Not MapHealthChecks: it makes all checks when it maps, and with them the bus, whose address is validated only
        // later.
        void Map(string pattern, Func<HealthCheckRegistration, bool> predicate) => endpoints
            .MapGet(pattern, (HttpContext context) => AnswerAsync(context, predicate))
            .WithMetadata(HealthEndpoint.Instance).AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
    }

    /// <summary>
    /// Names and statuses only: descriptions and exceptions may name hosts and users, and anybody may ask.
    /// </summary>
    private static async Task AnswerAsync(HttpContext context, Func<HealthCheckRegistration, bool> predicate)
    {
        var report = await context.RequestServices.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(predicate, context.RequestAborted);
        context.Response.StatusCode =
            report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new HealthAnswer(Text(report.Status), [.. report.Entries.Select(
                entry => new HealthAnswerCheck(entry.Key, Text(entry.Value.Status)))]),
            context.RequestAborted);
    }

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
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            preparation.IsDone && !lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus));
}
