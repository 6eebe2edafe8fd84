using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Coordination;

/// <summary>Holds the replies of agencies to the published standard of their service.</summary>
internal sealed partial class CheckedReplies(
    PackageDefinitions packages, FlowMeters meters, IAfterCommit afterCommit, TimeProvider time,
    ILogger<CheckedReplies> logger)
{
    /// <summary>
    /// The reply as it counts, or a <see cref="Input.RejectedReply"/> with what does not fit.
    /// </summary>
    public async Task<Input.Reply> CheckAsync(
        string service, Input.Reply reply, RegionCode region, CancellationToken cancellationToken)
    {
        var standard = await packages.StandardAsync(service, cancellationToken);
        if (ReplyCheck.Faults(standard, reply, time.Now(), time.Today(region)) is not { Count: > 0 } faults)
        {
            return ReplyCheck.Read(reply);
        }

        afterCommit.Do(() => meters.ReplyRejected(service, reply.Kind));
        Rejected(logger, reply.Kind, service, reply.Step.ApplicationId, reply.Step.StepId,
            string.Join(", ", faults.Select(f => $"{f.Pointer} {f.Code}")));
        return new Input.RejectedReply(reply, [.. faults]);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "A reply {Reply} of {Service} to application {ApplicationId}, step {Step}, does not fit its published "
        + "standard and is rejected: {Faults}.")]
    private static partial void Rejected(
        ILogger logger, string reply, string service, Guid applicationId, string step, string faults);
}
