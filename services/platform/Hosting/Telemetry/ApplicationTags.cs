using System.Diagnostics;
using Mpp.Contracts;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// What the work in hand is for. A service says it once, in the span of the request or message; every span below it in
/// this process and every log gets the same attributes, so that a slow query is found by the application's number too.
/// </summary>
internal static class ApplicationTags
{
    private static readonly string[] Names =
    [
        TelemetryTags.ApplicationNumber, TelemetryTags.ApplicationId, TelemetryTags.ApplicationRead, TelemetryTags.Step,
        TelemetryTags.Agency, TelemetryTags.Package, TelemetryTags.Region,
    ];

    /// <summary>The attributes of a span and of those around it; the nearest counts.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Around(Activity? activity)
    {
        foreach (var name in Names)
        {
            for (var around = activity; around is not null; around = around.Parent)
            {
                if (around.GetTagItem(name) is { } value)
                {
                    yield return new KeyValuePair<string, object?>(name, value);
                    break;
                }
            }
        }
    }
}

/// <summary>Gives a span that ends what the spans around it say.</summary>
internal sealed class ApplicationSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in ApplicationTags.Around(data.Parent))
        {
            if (data.GetTagItem(name) is null)
            {
                data.SetTag(name, value);
            }
        }
    }
}

/// <summary>Gives a log what the span in which it is written says.</summary>
internal sealed class ApplicationLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (ApplicationTags.Around(Activity.Current).ToList() is { Count: > 0 } tags)
        {
            data.Attributes = [.. data.Attributes ?? [], .. tags];
        }
    }
}
