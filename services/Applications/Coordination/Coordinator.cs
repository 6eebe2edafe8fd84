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
    public async Task HandleAsync(Guid id, Input input, CancellationToken cancellationToken)
    {
        var activity = Activity.Current;
        activity?.SetTag(TelemetryTags.ApplicationId, id);
        if (input is Input.Reply reply)
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
        if (input is Input.Reply { Step.StepId: var step }
            && definition.Steps.FirstOrDefault(s => s.Id == step) is { } answered)
        {
            activity?.SetTag(TelemetryTags.Agency, Queues.OfAgency(answered.Service));
        }

        await decisions.MakeAsync(definition, state, input, cancellationToken);
    }
}
