using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mpp.Agency;

internal static partial class AgencyTelemetry
{
    private const string Name = "Mpp.Agency";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    /// <summary>Its count by service and outcome is the number of steps.</summary>
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "mpp.agency.step.duration", "s", "How long a step took in the service, from receipt to answer.");

    /// <summary>
    /// The span of one step. The consumer's span around it gets the same tags, so that both are found by the
    /// application's number.
    /// </summary>
    public static Activity? Start(string verb, string agency, string service, StepRef step)
    {
        Tag(Activity.Current);
        var activity = Source.StartActivity($"{verb} {service}");
        Tag(activity);
        return activity;

        void Tag(Activity? span)
        {
            if (span is { IsAllDataRequested: true })
            {
                span.SetTag(TelemetryTags.Agency, agency);
                span.SetTag(TelemetryTags.Step, step.StepId);
                span.SetTag(TelemetryTags.ApplicationId, step.ApplicationId);
            }
        }
    }

    /// <summary>Gives the span of a step, and the one around it, what is known of its application.</summary>
    public static void Tag(ApplicationNumber? number, RegionCode? region)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        foreach (var span in (Activity?[])[activity, activity.Parent])
        {
            span?.SetTag(TelemetryTags.ApplicationNumber, number?.Value);
            span?.SetTag(TelemetryTags.Region, region?.Value);
        }
    }

    /// <summary>The span of a question; there is no application yet.</summary>
    public static Activity? StartCheck(string agency, string service)
    {
        var activity = Source.StartActivity($"check {service}");
        activity?.SetTag(TelemetryTags.Agency, agency);
        return activity;
    }

    public static void Record(TimeSpan duration, string service, string outcome) =>
        Duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("service", service),
            new KeyValuePair<string, object?>("outcome", outcome));

    [LoggerMessage(1, LogLevel.Information, "Application {ApplicationNumber}, step {Step}, "
        + "attempt {Attempt}: {Service} answered {Outcome} after {Milliseconds:F1} ms.")]
    public static partial void LogAnswer(
        ILogger logger, string? applicationNumber, string step, int attempt, string service,
        string outcome, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Application {ApplicationId}, step {Step}, "
        + "attempt {Attempt}: {Service} answered the cancellation with {Outcome}.")]
    public static partial void LogCancellation(
        ILogger logger, Guid applicationId, string step, int attempt, string service, string outcome);

    [LoggerMessage(3, LogLevel.Information, "Application {ApplicationId}, step {Step}, "
        + "attempt {Attempt}: {Service} was taken up again ({Cause}): {Outcome}.")]
    public static partial void LogContinued(
        ILogger logger, Guid applicationId, string step, int attempt, string service, string cause, string outcome);

    [LoggerMessage(4, LogLevel.Information,
        "Application {ApplicationId}, step {Step}, attempt {Attempt}: what was kept for {Service} is erased.")]
    public static partial void LogErased(ILogger logger, Guid applicationId, string step, int attempt, string service);

    [LoggerMessage(5, LogLevel.Error, "Application {ApplicationId}, step {Step}, attempt {Attempt}: the mall rejected "
        + "{Reply} of {Service}, which does not fit the published standard: {Faults}.")]
    public static partial void LogRejected(
        ILogger logger, Guid applicationId, string step, int attempt, string service, string reply, string faults);

    [LoggerMessage(6, LogLevel.Information, "The client {Client} asked about {Service} before anything is filed.")]
    public static partial void LogQuestion(ILogger logger, string client, string service);
}
