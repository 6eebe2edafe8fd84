using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Mpp.Hosting;

/// <summary>What every service of the mall has in common: the first and the last lines of each Program.cs.</summary>
public static class MppHost
{
    /// <summary>A builder with telemetry, health, token validation, problem details, OpenAPI, graceful shutdown and options validated at start.</summary>
    /// <param name="args">The command line. <c>migrate</c> brings the database up to date and exits.</param>
    /// <param name="service">The service's name, kebab-case: the OpenTelemetry <c>service.name</c>.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service) => throw new NotImplementedException();

    /// <summary>The service's own database (<c>ConnectionStrings:Database</c>), with its readiness check and its migrations.</summary>
    public static WebApplicationBuilder AddDatabase<TDbContext>(this WebApplicationBuilder builder) where TDbContext : DbContext => throw new NotImplementedException();

    /// <summary>Loads sandbox data when <c>Sandbox:Load</c> is true; a production environment refuses to start with it.</summary>
    public static WebApplicationBuilder AddSandbox<TSandbox>(this WebApplicationBuilder builder) where TSandbox : class, ISandbox => throw new NotImplementedException();

    /// <summary>The middleware in its right order, and <c>/health/live</c>, <c>/health/ready</c>, <c>/openapi/v1.json</c>.</summary>
    public static WebApplication UseMpp(this WebApplication app) => throw new NotImplementedException();

    /// <summary>Runs the service, or does what the command line says and returns; the exit code.</summary>
    public static Task<int> RunMppAsync(this WebApplication app) => throw new NotImplementedException();
}

/// <summary>Fills a service's empty registers with the sandbox population.</summary>
public interface ISandbox
{
    /// <summary>Loads what is missing; doing it twice changes nothing.</summary>
    Task LoadAsync(CancellationToken cancellationToken);
}
