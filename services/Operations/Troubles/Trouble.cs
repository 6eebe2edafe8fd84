namespace Mpp.Operations.Troubles;

/// <summary>What goes wrong with the mall itself.</summary>
public enum TroubleKind
{
    /// <summary>A service sends no heartbeats any more.</summary>
    ServiceSilent,

    /// <summary>A service says that it lacks something.</summary>
    ServiceFailing,

    /// <summary>A service starts again and again.</summary>
    Restarts,

    /// <summary>Messages stay in an outbox: the relay does not move them.</summary>
    RelayStopped,

    /// <summary>Timers that should have gone off have not.</summary>
    TimersLate,

    /// <summary>Messages wait in a queue that nobody reads, or too many in one that is read.</summary>
    QueueGrowing,

    /// <summary>Messages that could not be processed wait for somebody.</summary>
    DeadMessages,

    /// <summary>A machine's clock is wrong.</summary>
    ClockSkew,

    /// <summary>Steps wait for an agency for longer than its own past makes likely.</summary>
    AgencySlow,
}

/// <summary>A trouble, now.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Service">Whose: a service of the mall, or an agency's service (<c>police/skck</c>).</param>
/// <param name="Figure">How much of it: messages, seconds, steps.</param>
/// <param name="What">What it is about, where there may be several: a queue, a health check.</param>
public sealed record Trouble(TroubleKind Kind, string Service, double Figure, string What = "");
