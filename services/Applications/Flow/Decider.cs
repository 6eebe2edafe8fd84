namespace Mpp.Applications.Flow;

/// <summary>
/// The coordinator's rules, without clock, input, output or database: the same arguments give the same decision. It
/// decides on entries for the timeline; the state is their fold, the effects follow from them.
/// </summary>
/// <remarks>
/// <para>A refusal that fails the application lets the steps in hand come to their end before the application ends:
/// what an agency is about to issue is not lost to the citizen. Once the pivot is granted the application goes forward
/// only, and such a refusal stops no more than what depends on it.</para>
/// <para>Time passes first: a deadline that was over when something came has passed before it, whether or not the alarm
/// has gone off. A decision of the step's own agency comes, in this, at the moment at which it was taken: that a broker
/// or this service was away is not the agency's delay. A step that time has started is asked for with what was known
/// then, not with what came after it.</para>
/// </remarks>
internal sealed class Decider(FlowSettings settings, DeadlineClock clock)
{
    /// <summary>Ignored replies noted in one timeline; past it an agency that repeats itself is only counted.</summary>
    public const int MaxIgnoredNoted = 50;

    /// <param name="definition">The version the application is pinned to.</param>
    /// <param name="state"><see langword="null"/> for an application that is not there yet.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">The moment of the decision.</param>
    public Decision Decide(PackageDefinition definition, ApplicationState? state, Input input, DateTimeOffset now)
    {
        var draft = new Draft(definition, settings, clock, state, now);
        Denial? denied = null;
        if (state is null)
        {
            draft.Submit(input as Input.Submit
                ?? throw new ArgumentException("An application begins with its submission.", nameof(input)));
            Progress.Advance(draft);
        }
        else
        {
            if (Lapses.Apply(draft, input))
            {
                Progress.Advance(draft);
            }

            denied = Handle(draft, input);
        }

        return new(
            draft.State, draft.Entries, [.. draft.Effects, .. Announce(draft), .. Alarm(draft, state, input)], denied);
    }

    private static Denial? Handle(Draft draft, Input input)
    {
        var before = draft.Entries.Count;
        Denial? denied = null;
        switch (input)
        {
            case Input.Reply reply when !Replies.Apply(draft, reply):
                Ignore(draft, reply);
                return null;
            case Input.Act act:
                denied = Acts.Apply(draft, act);
                break;
        }

        if (draft.Entries.Count > before)
        {
            Progress.Advance(draft);
        }

        return denied;
    }

    private static IEnumerable<Effect> Announce(Draft draft)
    {
        if (draft.Changed)
        {
            var state = draft.State;
            yield return new Effect.Announce(new ApplicationChanged
            {
                ApplicationId = state.Id,
                ApplicationNumber = state.Number,
                Sequence = state.Sequence,
                Package = state.Package,
                PackageVersion = state.PackageVersion,
                Region = state.Region,
                Status = state.Status,
                Steps = state.Steps.ToDictionary(s => s.Id, s => s.Status, StringComparer.Ordinal),
                At = draft.Now,
            });
        }
    }

    // The alarm may go off too early but never too late: moving it only when it must come earlier, or at the end, saves
    // a write for nearly every message. One that goes off early finds nothing to do and sets the next.
    private static IEnumerable<Effect> Alarm(Draft draft, ApplicationState? before, Input input)
    {
        var (then, next) = (before?.NextLapse, draft.State.NextLapse);
        var ends = draft.State.Ended && before is not { Ended: true };
        // Past its time it has gone off or is about to, and finds itself set again.
        return next is { } at && (ends || input is Input.AlarmFired || then is null || at < then || then <= draft.Now)
            ? [new Effect.SetAlarm(at)]
            : [];
    }

    private static void Ignore(Draft draft, Input.Reply reply)
    {
        var step = draft.State.Find(reply.Step.StepId);
        var because = step is null ? IgnoredBecause.UnknownStep
            : !draft.Asked(reply.Step) || (step.CancelledFrom is null
                && reply is Input.StepCancelled or Input.StepCancellationRefused) ? IgnoredBecause.NotRequested
            : IgnoredBecause.Late;
        // A step id that is not the package's own could be anything an agency sends, so it is not repeated.
        var note = new Event.ReplyIgnored(step?.Id ?? "", reply.Step.Attempt, reply.Kind, because);
        if (draft.State.Ignored.Length < MaxIgnoredNoted && !draft.State.Ignored.Contains(note))
        {
            draft.Note(note);
        }
    }
}
