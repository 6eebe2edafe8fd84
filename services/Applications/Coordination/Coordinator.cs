using System.Diagnostics;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Coordination;

/// <summary>
/// Handles a message that moves an application: locks the application, and makes the decision within the transaction of
/// the message. Two round trips, and a third when the alarm moves.
/// </summary>
internal sealed partial class Coordinator(
    ApplicationStore store, UnknownReplies unknown, PackageDefinitions packages, AlarmPatience patience,
    Decisions decisions, FlowMeters meters, TimeProvider time, ILogger<Coordinator> logger)
{
    /// <exception cref="ForeignSenderException">An agency replied about another agency's step.</exception>
    public async Task HandleAsync(Guid id, Input input, string? sender, CancellationToken cancellationToken)
    {
        var activity = Activity.Current;
        activity?.SetTag(TelemetryTags.ApplicationId, id);
        var reply = input as Input.Reply;
        if (reply is not null)
        {
            activity?.SetTag(TelemetryTags.Step, reply.Step.StepId);
        }

        if (await store.LockAsync(id, cancellationToken) is not { } state)
        {
            await unknown.RecordAsync(id, input, cancellationToken);
            return;
        }

        if (await patience.GivesWayAsync(state, input, cancellationToken))
        {
            return;
        }

        activity?.SetTag(TelemetryTags.ApplicationNumber, state.Number.Value);
        activity?.SetTag(TelemetryTags.Package, state.Package);
        var definition = await packages.PinnedAsync(state.Package, state.PackageVersion, cancellationToken);
        if (reply is not null && definition.Steps.FirstOrDefault(s => s.Id == reply.Step.StepId) is { } answered)
        {
            var agency = Queues.OfAgency(answered.Service);
            activity?.SetTag(TelemetryTags.Agency, agency);
            if (reply is not Input.PaymentReply)
            {
                if (sender != agency)
                {
                    throw new ForeignSenderException(reply.Kind, sender);
                }

                input = await CheckedAsync(answered.Service, reply, state.Region, cancellationToken);
            }
        }

        await decisions.MakeAsync(definition, state, input, cancellationToken);
    }

    private async Task<Input.Reply> CheckedAsync(
        string service, Input.Reply reply, RegionCode region, CancellationToken cancellationToken)
    {
        var standard = await packages.StandardAsync(service, cancellationToken);
        if (ReplyCheck.Faults(standard, reply, time.Now(), time.Today(region)) is not { Count: > 0 } faults)
        {
            return ReplyCheck.Read(reply);
        }

        meters.ReplyRejected(service, reply.Kind);
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
