using System.Reflection;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; without that key nothing is collected, and trace ids
/// are made and passed on all the same.
/// </summary>
internal static class HostTelemetry
{
    // Requests that we send are traced by .NET itself: OpenTelemetry.Instrumentation.Http gave a request that carries a
    // traceparent of its own another trace id.
    private static readonly string[] Sources = ["System.Net.Http", "Yarp.ReverseProxy", "MassTransit", "Mpp.*"];

    private static readonly string[] Meters =
        ["System.Net.Http", "Microsoft.EntityFrameworkCore", "MassTransit", "Mpp.*"];

    public static void AddMppTelemetry(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string service)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section)
            .Validate(
                options => options.SampleRatio is >= 0 and <= 1, "Telemetry:SampleRatio must lie between 0 and 1.")
            .ValidateOnStart();
        services.AddOptions<TraceLinks>().BindConfiguration(TraceLinks.Section)
            .Validate(TraceLinks.IsGood, "Traces:Url must be an http or https address with {traceId} in it, for "
                + "example https://traces.example/trace/{traceId}?uiFind={spanId}.")
            .ValidateOnStart();
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(service, "mpp", Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3),
                    autoGenerateServiceInstanceId: !NamesInstance(configuration))
                .AddAttributes([new("deployment.environment.name", environment.EnvironmentName),
                    new("host.name", Environment.MachineName)]))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation()
                .AddNpgsql()
                .AddSource(Sources)
                .AddProcessor(new ApplicationSpans())
                .SetSampler(
                    provider => new MppSampler(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value)))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddProcessInstrumentation()
                .AddNpgsqlInstrumentation()
                .AddMeter(Meters))
            .WithLogging(
                logging => logging.AddProcessor(new HarmlessExceptions()).AddProcessor(new ApplicationLogs()),
                logging => logging.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static bool NamesInstance(IConfiguration configuration) => configuration["OTEL_RESOURCE_ATTRIBUTES"]
        ?.Contains("service.instance.id=", StringComparison.Ordinal) is true;
}

/// <summary>The configuration section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    internal const string Section = "Telemetry";

    /// <summary>The share of traces that is kept when the decision is ours, from 0 to 1. Default 1.</summary>
    public double SampleRatio { get; set; } = 1;

    /// <summary>
    /// Whether the process stands at the public edge, where a caller's sampled flag is not to be trusted.
    /// </summary>
    public bool IsPublicEdge { get; set; }
}
