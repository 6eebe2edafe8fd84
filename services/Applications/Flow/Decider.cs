namespace Mpp.Applications.Flow;

/// <summary>
/// The coordinator's rules, without clock, input, output or database: the same arguments give the same decision. It
/// decides on entries for the timeline; the state is their fold, the effects follow from them.
/// </summary>
/// <remarks>
/// <para>A refusal that fails the application lets the steps in hand come to their end before the application ends:
/// what an agency is about to issue is not lost to the citizen. Once the pivot is granted, the application only goes
/// forward, and such a refusal stops only what depends on it.</para>
/// <para>Time passes first: a deadline that was over when an input came has passed before the input, whether or not the
/// alarm has gone off. Here a decision of the step's own agency counts as coming when it was taken: the agency is not
/// late because a broker or this service was away. A step that starts because time has passed is asked for with what
/// was known then, not with what came later.</para>
/// </remarks>
internal sealed class Decider(FlowSettings settings, DeadlineClock clock)
{
    /// <summary>How many ignored replies one timeline notes; further ones are only counted.</summary>
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
        if (draft.Told.Count > 0)
        {
            yield return new Effect.Announce(Announcement.Of(draft.Definition, draft.State, draft.Told));
        }
    }

    // The alarm may go off too early but never too late: moving it only when it must come earlier, or at the end, saves
    // a write for nearly every message. An alarm that goes off early finds nothing to do and sets the next.
    private static IEnumerable<Effect> Alarm(Draft draft, ApplicationState? before, Input input)
    {
        var (then, next) = (before?.NextLapse, draft.State.NextLapse);
        var ends = draft.State.Ended && before is not { Ended: true };
        // An alarm past its time has gone off or is about to: it must be set again.
        var used = input is Input.AlarmFired || then is null || then <= draft.Now;
        return next is { } at && (used || ends || at < then)
            ? [new Effect.SetAlarm(at)]
            : [];
    }

    private static void Ignore(Draft draft, Input.Reply reply)
    {
        var step = draft.State.Find(reply.Step.StepId);
        var answersCancellation = reply is Input.StepCancelled or Input.StepCancellationRefused;
        var because = step is null ? IgnoredBecause.UnknownStep
            : !draft.Asked(reply.Step) ? IgnoredBecause.NotRequested
            : answersCancellation && step.CancelledFrom is null ? IgnoredBecause.NotRequested
            : IgnoredBecause.Late;
        // A step id that is not the package's own could be anything an agency sends, so it is not repeated.
        var note = new Event.ReplyIgnored(step?.Id ?? "", reply.Step.Attempt, reply.Kind, because);
        if (draft.State.Ignored.Length < MaxIgnoredNoted && !draft.State.Ignored.Contains(note))
        {
            draft.Record(note);
        }
    }
}
