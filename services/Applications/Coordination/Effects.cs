using MassTransit;
using Mpp.Applications.Flow;

namespace Mpp.Applications.Coordination;

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
                Effect.Send e => commands.SendAsync(e.Queue, e.Body, cancellationToken),
                Effect.Announce e => events.Publish(e.Message, cancellationToken),
                Effect.SetAlarm e => SetAlarmAsync(id, e.At, waited: false, cancellationToken),
                _ => throw new InvalidOperationException($"Nobody carries out {effect.GetType().Name}."),
            });
        }
    }

    /// <summary>Sets the application's alarm to that time; an earlier setting no longer holds.</summary>
    public Task SetAlarmAsync(Guid id, DateTimeOffset at, bool waited, CancellationToken cancellationToken) =>
        timers.SetAsync(id, Alarm, at, Queues.Applications, new ApplicationAlarm(id, waited), cancellationToken);
}

/// <summary>The service's message to itself, at the time that an application asked for.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Waited">Whether it was held up before, and has given way to messages on the way.</param>
internal sealed record ApplicationAlarm(Guid ApplicationId, bool Waited = false);
