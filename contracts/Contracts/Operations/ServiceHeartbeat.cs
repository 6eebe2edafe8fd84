namespace Mpp.Contracts.Operations;

/// <summary>
/// A service's process → whoever watches: it lives, and how its messages stand. Sent every few seconds past the outbox,
/// and not kept by the broker: the next one says more. No personal data.
/// </summary>
public sealed record ServiceHeartbeat
{
    /// <summary>The service's name, as in the list of services: <c>police</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The process: a UUID v7, made at its start. Another one for the same service is a restart or a
    /// copy.</summary>
    public required Guid Process { get; init; }

    /// <summary>The product's version that the process runs.</summary>
    public required string Version { get; init; }

    /// <summary>When the process started, by its machine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this was sent, by its machine's clock: a difference to the receiver's is skew.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>After how many seconds the next one comes.</summary>
    public required int IntervalSeconds { get; init; }

    /// <summary>What the service needs and does not get now, by the names of its health checks; empty when all is
    /// well.</summary>
    public required IReadOnlyList<string> Failing { get; init; }

    /// <summary>Its outbox. <see langword="null"/> when it cannot be read.</summary>
    public OutboxFigures? Outbox { get; init; }

    /// <summary>Its own queues, as far as the broker tells.</summary>
    public required IReadOnlyList<QueueFigures> Queues { get; init; }
}

/// <summary>How a service's outbox stands.</summary>
/// <param name="OldestSeconds">Age of the oldest message that waits for the relay, in seconds; 0 when there is
/// none.</param>
/// <param name="Pending">Messages that wait for the relay (an estimate).</param>
/// <param name="Retrying">Failed messages that wait for their next attempt (an estimate).</param>
/// <param name="Dead">Messages that wait for an operator.</param>
/// <param name="TimersOverdue">Timers that should have fired, and have not.</param>
public sealed record OutboxFigures(double OldestSeconds, long Pending, long Retrying, long Dead, long TimersOverdue);

/// <summary>How a queue stands.</summary>
/// <param name="Name">Of the queue; a failure queue ends in <c>_error</c> or <c>_skipped</c>.</param>
/// <param name="Ready">Messages that wait in it.</param>
/// <param name="Consumers">Who reads it; 0 for a failure queue.</param>
public sealed record QueueFigures(string Name, long Ready, int Consumers);
