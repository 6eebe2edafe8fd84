using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Database;
using Mpp.Hosting.Health;
using Mpp.Hosting.Http;
using Mpp.Hosting.Json;
using Mpp.Hosting.OpenApi;
using Mpp.Hosting.Problems;
using Mpp.Hosting.Start;
using Mpp.Hosting.Telemetry;

namespace Mpp.Hosting;

/// <summary>What every service of the mall has in common: the first and the last lines of each Program.cs.</summary>
public static class MppHost
{
    /// <summary>
    /// The largest request body a service reads unless an endpoint says otherwise, in bytes. The largest application
    /// form has some 2 KiB.
    /// </summary>
    public const long MaxRequestBody = 64 * 1024;

    /// <summary>
    /// A builder with telemetry, health, token validation, problem details, OpenAPI, graceful shutdown and options
    /// validated at start.
    /// </summary>
    /// <param name="args">The command line. <c>migrate</c> brings the database up to date and exits, <c>broker</c>
    /// declares the service's queues and exits, <c>openapi</c> writes the service's document and exits.</param>
    /// <param name="service">The service's name, kebab-case: the OpenTelemetry <c>service.name</c>.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service)
    {
        EnvironmentFile.Load(service);
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(new ServiceIdentity(service, args));
        builder.Services.AddClock();
        builder.Host.UseServiceProviderFactory(new OrderedStart(validate: !builder.Environment.IsProduction()));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            // A header's value is bytes, and only ASCII is agreed upon (RFC 9110, 5.5). Read as ISO-8859-1 it is never
            // a fault, and beyond ASCII it means nothing to us.
            options.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            options.Limits.MaxRequestBodySize = MaxRequestBody;
        });

        builder.Services.AddSingleton<DistributedContextPropagator>(
            new TraceParent(DistributedContextPropagator.CreateDefaultPropagator()));
        builder.Logging.AddMppLogging();
        builder.Services.AddMppTelemetry(builder.Configuration, builder.Environment, service);
        builder.Services.AddPreparation();
        builder.Services.AddMppHealth();
        builder.Services.AddMppAuth(builder.Environment);
        builder.Services.AddMppJson();
        builder.Services.AddMppOpenApi(service);
        builder.Services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section)
            .Validate(options => !options.Load || !builder.Environment.IsProduction(),
                "Sandbox:Load is true, but the environment is Production: sandbox people are never loaded there. "
                    + "Remove Sandbox:Load, or set ASPNETCORE_ENVIRONMENT.")
            .ValidateClock(builder.Environment)
            .ValidateOnStart();
        return builder;
    }

    /// <summary>
    /// The service's own database (<c>ConnectionStrings:Database</c>), with its readiness check and its migrations.
    /// </summary>
    /// <remarks>
    /// Contexts are pooled, and every singleton <see cref="Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor"/> in
    /// the container takes part. There is no retrying execution strategy: it cannot be combined with transactions that
    /// the caller opens.
    /// </remarks>
    public static WebApplicationBuilder AddDatabase<TDbContext>(
        this WebApplicationBuilder builder) where TDbContext : DbContext
    {
        DatabaseSetup.Add<TDbContext>(builder.Services, builder.Configuration);
        return builder;
    }

    /// <summary>
    /// Loads sandbox data when <c>Sandbox:Load</c> is true; a production environment refuses to start with it.
    /// </summary>
    public static WebApplicationBuilder AddSandbox<TSandbox>(this WebApplicationBuilder builder)
        where TSandbox : class, ISandbox
    {
        builder.Services.AddScoped<ISandbox, TSandbox>();
        return builder;
    }

    /// <summary>
    /// The middleware in its right order, and <c>/health/live</c>, <c>/health/ready</c>, <c>/openapi/v1.json</c>.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="beforeRouting">Middleware that sees every request first; what it answers is traced, and what it
    /// throws becomes a problem.</param>
    public static WebApplication UseMpp(this WebApplication app, Action<IApplicationBuilder>? beforeRouting = null)
    {
        app.UseMiddleware<HeadAsGet>();
        app.UseMiddleware<ExceptionProblems>();
        app.UseStatusCodePages(BareStatusProblems.WriteAsync);
        beforeRouting?.Invoke(app);
        app.UseMiddleware<BodyLimit>();
        app.UseMiddleware<BodyForm>();
        app.UseRouting();
        app.UseMiddleware<PreparationGate>();
        app.UseMiddleware<Unrouted>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<UnknownParameters>();
        app.UseMiddleware<RequestTexts>();
        app.MapMppHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>Runs the service, or does what the command line says and returns. Gives the exit code.</summary>
    /// <param name="app">The service.</param>
    /// <param name="map">Maps what needs valid options: it is called when they have been validated.</param>
    public static Task<int> RunMppAsync(this WebApplication app, Action<WebApplication>? map = null) =>
        ServiceRun.RunAsync(app, map);
}

/// <summary>Fills a service's empty registers with the sandbox population.</summary>
public interface ISandbox
{
    /// <summary>Loads what is missing; doing it twice changes nothing.</summary>
    Task LoadAsync(CancellationToken cancellationToken);
}

/// <summary>The configuration section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    internal const string Section = "Sandbox";

    /// <summary>Whether the sandbox population is loaded at start. Refused in Production.</summary>
    public bool Load { get; set; }

    /// <summary>How many people the population has.</summary>
    public int People { get; set; } = 1000;

    /// <summary>
    /// The file that moves the clock of all processes of a sandbox (<see cref="SandboxClock"/>), the same for all; an
    /// absolute path. Empty: the machine's clock. Refused outside the environment Sandbox.
    /// </summary>
    public string ClockFile { get; set; } = "";
}

/// <summary>Who this process is.</summary>
internal sealed record ServiceIdentity(string Name, IReadOnlyList<string> Arguments);
