using System.Diagnostics;
using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Payments;

internal static class Queues
{
    public const string Payments = "payments";

    /// <summary>Where the coordinator hears.</summary>
    public const string Applications = "applications";
}

internal static class Names
{
    /// <summary>A state as it is in the database and on the wire: kebab-case.</summary>
    public static string Of<T>(T state) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
}

internal static class Moments
{
    /// <summary>A moment in UTC and microseconds, which is what PostgreSQL keeps: it reads the same from a column and from a message.</summary>
    public static DateTimeOffset Kept(this DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public static DateTimeOffset Now(this TimeProvider clock) => clock.GetUtcNow().Kept();
}

internal static class Spans
{
    public static void Tag(StepRef step)
    {
        Tag(step.ApplicationId);
        Activity.Current?.SetTag(TelemetryTags.Step, step.StepId);
    }

    public static void Tag(Guid applicationId, string? applicationNumber = null)
    {
        Activity.Current?.SetTag(TelemetryTags.ApplicationId, applicationId);
        if (applicationNumber is not null)
        {
            Activity.Current?.SetTag(TelemetryTags.ApplicationNumber, applicationNumber);
        }
    }
}
