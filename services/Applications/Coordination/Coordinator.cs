using System.Diagnostics;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Coordination;

/// <summary>
/// Handles a message that moves an application: locks the application, and makes the decision within the transaction of
/// the message. Two round trips, and a third when the alarm moves.
/// </summary>
internal sealed class Coordinator(
    ApplicationStore store, UnknownReplies unknown, PackageDefinitions packages, AlarmPatience patience,
    CheckedReplies replies, Decisions decisions)
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

        ApplicationSpan.Tag(state);
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

                input = await replies.CheckAsync(answered.Service, reply, state.Region, cancellationToken);
            }
        }

        await decisions.MakeAsync(definition, state, input, cancellationToken);
    }
}
