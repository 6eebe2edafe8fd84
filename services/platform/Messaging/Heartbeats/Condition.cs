using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mpp.Contracts.Operations;
using Mpp.Messaging.Telemetry;

namespace Mpp.Messaging.Heartbeats;

/// <summary>What a heartbeat says of the process itself.</summary>
internal sealed class Condition(
    HealthCheckService health, IOptions<HealthCheckServiceOptions> checks, MessagingMeters meters)
{
    private const string Ready = "ready";

    /// <summary>A check that takes longer has failed.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>As the build names it.</summary>
    public static string Version { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";

    /// <summary>The names of the readiness checks that fail.</summary>
    public async Task<IReadOnlyList<string>> FailingAsync(CancellationToken cancellationToken)
    {
        // One by one, so that a check that hangs is known by its name.
        var answers = await Task.WhenAll(checks.Value.Registrations.Where(check => check.Tags.Contains(Ready))
            .Select(check => FailsAsync(check.Name, cancellationToken)));
        return [.. answers.OfType<string>().Order(StringComparer.Ordinal)];
    }

    /// <summary><see langword="null"/> when the monitor could not read it.</summary>
    public OutboxFigures? Outbox() => meters is { IsStateKnown: true, State: var state }
        ? new OutboxFigures(
            state.OldestAge.TotalSeconds, state.Pending, state.Retrying, state.Dead, state.OverdueTimers)
        : null;

    private async Task<string?> FailsAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var report = await health.CheckHealthAsync(check => check.Name == name, limit.Token)
                .WaitAsync(Limit, CancellationToken.None);
            return report.Status == HealthStatus.Healthy ? null : name;
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return name;
        }
    }
}
