using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>What the coordinator must do in the world because of a decision, in the transaction that stores it.</summary>
internal abstract record Effect
{
    /// <summary>Send a step to its agency's queue.</summary>
    internal sealed record RequestStep(string Agency, PerformStep Message) : Effect;

    /// <summary>Tell everybody where the application stands now. At most once a decision.</summary>
    internal sealed record Announce(ApplicationChanged Message) : Effect;

    /// <summary>Set the application's one alarm, or move it.</summary>
    internal sealed record SetAlarm(DateTimeOffset At) : Effect;

    /// <summary>The application has ended: no alarm any more.</summary>
    internal sealed record DropAlarm : Effect;
}

/// <summary>The outcome of one input.</summary>
/// <param name="State">Where the application stands after it; exactly what the entries make of the state before.</param>
/// <param name="Entries">What goes into the timeline, in order; empty when nothing happened.</param>
/// <param name="Effects">What is to be done.</param>
internal sealed record Decision(ApplicationState State, IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Effect> Effects);
