using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Contracts;
using Mpp.Hosting.Clock;
using Mpp.Messaging;

namespace Mpp.Applications.Coordination;

/// <summary>
/// The thin shell around the <see cref="Decider"/>: locks the application, has it decide, and puts state, timeline, messages and alarm
/// into the transaction of the message. Two round trips, and a third when the alarm moves.
/// </summary>
internal sealed class Coordinator(
    ApplicationStore store, UnknownReplies unknown, PackageDefinitions packages, Decider decider, Effects effects, FlowMeters meters, IOptions<FlowSettings> settings, TimeProvider clock)
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

        var now = clock.Now();
        if (input is Input.AlarmFired { Waited: false } && state.NextLapse < now - settings.Value.HeldUp)
        {
            await effects.SetAlarmAsync(id, now + settings.Value.HeldUp, waited: true, cancellationToken);
            return;
        }

        activity?.SetTag(TelemetryTags.ApplicationNumber, state.Number.Value);
        activity?.SetTag(TelemetryTags.Package, state.Package);
        var definition = await packages.PinnedAsync(state.Package, state.PackageVersion, cancellationToken);
        if (input is Input.Reply { Step.StepId: var step } && definition.Steps.FirstOrDefault(s => s.Id == step) is { } answered)
        {
            activity?.SetTag(TelemetryTags.Agency, Agencies.Of(answered.Service));
        }

        var decision = decider.Decide(definition, state, input, now);
        await store.UpdateAsync(decision, cancellationToken);
        await effects.ApplyAsync(decision, cancellationToken);
        meters.Record(decision);
    }
}

/// <summary>Carries out what a decision asks for, through the outbox and the timers of the scope.</summary>
internal sealed class Effects(ICommandSender commands, IPublishEndpoint events, ITimers timers)
{
    private const string Alarm = "alarm";

    public async Task ApplyAsync(Decision decision, CancellationToken cancellationToken)
    {
        var id = decision.State.Id;
        foreach (var effect in decision.Effects)
        {
            await (effect switch
            {
                Effect.RequestStep e => commands.SendAsync(e.Agency, e.Message, cancellationToken),
                Effect.UndoStep e => commands.SendAsync(e.Agency, e.Message, cancellationToken),
                Effect.TellPaid e => commands.SendAsync(e.Agency, e.Message, cancellationToken),
                Effect.TellGranted e => commands.SendAsync(e.Agency, e.Message, cancellationToken),
                Effect.Charge e => commands.SendAsync(Queues.Payments, e.Message, cancellationToken),
                Effect.Withdraw e => commands.SendAsync(Queues.Payments, e.Message, cancellationToken),
                Effect.Announce e => events.Publish(e.Message, cancellationToken),
                Effect.SetAlarm e => SetAlarmAsync(id, e.At, waited: false, cancellationToken),
                Effect.DropAlarm => timers.DropAsync(id, Alarm, cancellationToken),
                _ => throw new InvalidOperationException($"Nobody carries out {effect.GetType().Name}."),
            });
        }
    }

    /// <summary>Has the application's alarm go off then, and not when it was set for before.</summary>
    public Task SetAlarmAsync(Guid id, DateTimeOffset at, bool waited, CancellationToken cancellationToken) =>
        timers.SetAsync(id, Alarm, at, Queues.Applications, new ApplicationAlarm(id, waited), cancellationToken);
}

/// <summary>To itself, at the time an application asked for.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Waited">Whether it was held up before, and has given way to what was on the way.</param>
internal sealed record ApplicationAlarm(Guid ApplicationId, bool Waited = false);

internal static class Queues
{
    /// <summary>Where agencies send their replies.</summary>
    public const string Applications = "applications";

    /// <summary>Where fees are billed.</summary>
    public const string Payments = "payments";
}
