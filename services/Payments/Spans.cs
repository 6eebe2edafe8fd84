using System.Diagnostics;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Payments;

/// <summary>The tags by which operators find a payment's spans.</summary>
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
