using System.Diagnostics;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Coordination;

/// <summary>
/// A message that moves an application: locks it, and makes the decision within the transaction of the message. Two
/// round trips, and a third when the alarm moves.
/// </summary>
internal sealed class Coordinator(
    ApplicationStore store, UnknownReplies unknown, PackageDefinitions packages, AlarmPatience patience,
    Decisions decisions)
{
    /// <exception cref="ForeignSenderException">A reply of an agency about another one's step.</exception>
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
            if (sender != agency && input is not Input.PaymentReply)
            {
                throw new ForeignSenderException(reply.Kind, sender);
            }
        }

        await decisions.MakeAsync(definition, state, input, cancellationToken);
    }
}
