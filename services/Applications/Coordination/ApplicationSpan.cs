using System.Diagnostics;
using Mpp.Applications.Flow;

namespace Mpp.Applications.Coordination;

/// <summary>The span of the work on an application, by which operators find it.</summary>
internal static class ApplicationSpan
{
    public static void Tag(ApplicationState state)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(TelemetryTags.ApplicationNumber, state.Number.Value);
            span.SetTag(TelemetryTags.ApplicationId, state.Id);
            span.SetTag(TelemetryTags.Package, state.Package);
            span.SetTag(TelemetryTags.Region, state.Region.Value);
            // Whoever acts has read it before.
            span.SetTag(TelemetryTags.ApplicationRead, null);
        }
    }
}
