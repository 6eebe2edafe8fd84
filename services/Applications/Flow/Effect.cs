namespace Mpp.Applications.Flow;

/// <summary>
/// What the coordinator must do in the world because of a decision, in the transaction that stores it.
/// </summary>
internal abstract record Effect
{
    /// <summary>Send a message to the queue of an agency or of payments.</summary>
    internal abstract record Send(string Queue) : Effect
    {
        public abstract object Body { get; }
    }

    internal sealed record Send<TMessage>(string Queue, TMessage Message) : Send(Queue)
        where TMessage : class
    {
        public override object Body => Message;
    }

    /// <summary>Tell everybody where the application stands now. At most once a decision.</summary>
    internal sealed record Announce(ApplicationChanged Message) : Effect;

    /// <summary>Set the application's one alarm, or move it.</summary>
    internal sealed record SetAlarm(DateTimeOffset At) : Effect;
}

/// <summary>The outcome of one input.</summary>
/// <param name="State">Where the application stands after it; exactly what the entries make of
/// the state before.</param>
/// <param name="Entries">What goes into the timeline, in order; empty when nothing happened.</param>
/// <param name="Effects">What is to be done.</param>
/// <param name="Denied">Why the act of the applicant or an operator cannot be done; time may have passed all the
/// same.</param>
internal sealed record Decision(
    ApplicationState State, IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Effect> Effects, Denial? Denied = null);

/// <summary>Why an act cannot be done as the application stands.</summary>
internal enum Denial
{
    /// <summary>The package has no such step.</summary>
    UnknownStep,

    /// <summary>The step does not wait for a correction, or no longer.</summary>
    NotAwaitingCorrection,

    /// <summary>The answers are not those that were asked for.</summary>
    OtherItems,

    /// <summary>The step was not refused and has not lapsed.</summary>
    NotRefused,

    /// <summary>It was filed anew as often as the package allows.</summary>
    NoRoundsLeft,

    /// <summary>Past the pivot an application goes forward only.</summary>
    PastPivot,

    /// <summary>The application has come to its end, or is being cancelled.</summary>
    Ended,

    /// <summary>What was filed is erased.</summary>
    Erased,

    /// <summary>When the time is over, the law grants: nobody may prolong it.</summary>
    LegalLimit,

    /// <summary>Only money to pay back is left of the step: Payments keep it until it is paid back.</summary>
    RefundDue,

    /// <summary>The step is not in a state for this act.</summary>
    NotPossibleNow,
}
