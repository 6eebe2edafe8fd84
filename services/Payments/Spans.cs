using System.Diagnostics;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Payments.Bills;

namespace Mpp.Payments;

/// <summary>The tags by which operators find a payment's spans.</summary>
internal static class Spans
{
    public static void Tag(StepRef step) => Activity.Current?.SetTag(TelemetryTags.Step, step.StepId);

    public static void Tag(Account account)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(TelemetryTags.ApplicationId, account.ApplicationId);
            span.SetTag(TelemetryTags.ApplicationNumber, account.ApplicationNumber);
            span.SetTag(TelemetryTags.Region, account.Region);
            // Whoever pays has read the bill before.
            span.SetTag(TelemetryTags.ApplicationRead, null);
        }
    }

    /// <summary>Somebody only looks.</summary>
    public static void TagRead(Account account) =>
        Activity.Current?.SetTag(TelemetryTags.ApplicationRead, account.ApplicationNumber);
}
