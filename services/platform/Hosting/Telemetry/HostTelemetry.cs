using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; without that key nothing is collected, and trace ids are made and
/// passed on all the same. The two small classes below are all that OpenTelemetry.Extensions.Hosting would add.
/// </summary>
internal static class HostTelemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy", "Npgsql", "MassTransit", "Mpp.*"];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Diagnostics",
        "System.Net.Http", "System.Runtime", "Npgsql", "Microsoft.EntityFrameworkCore", "MassTransit", "Mpp.*",
    ];

    public static void AddMppTelemetry(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string service)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section)
            .Validate(options => options.SampleRatio is >= 0 and <= 1, "Telemetry:SampleRatio must lie between 0 and 1.")
            .ValidateOnStart();
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryStart>());
        new HostTelemetryBuilder(services)
            .ConfigureResource(resource => resource
                .AddService(service, "mpp", Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: true)
                .AddAttributes([new("deployment.environment.name", environment.EnvironmentName), new("host.name", Environment.MachineName)]))
            .WithTracing(tracing => tracing
                .AddSource(Sources)
                .SetSampler(provider => new MppSampler(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<TelemetryOptions>>().Value)))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(configureBuilder: null, configureOptions: logging => logging.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }
}

/// <summary>The configuration section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    internal const string Section = "Telemetry";

    /// <summary>The share of traces that is kept when the decision is ours, from 0 to 1. Default 1.</summary>
    public double SampleRatio { get; set; } = 1;

    /// <summary>Whether the process stands at the public edge, where a caller's sampled flag is not to be trusted.</summary>
    public bool IsPublicEdge { get; set; }
}

internal sealed class HostTelemetryBuilder(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}

/// <summary>Resolving the providers starts them; first of all hosted services, so that the start of the others is seen.</summary>
internal sealed class TelemetryStart(IServiceProvider provider) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        provider.GetRequiredService<TracerProvider>();
        provider.GetRequiredService<MeterProvider>();
        provider.GetRequiredService<LoggerProvider>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
