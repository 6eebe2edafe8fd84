namespace Mpp.Operations.Data;

/// <summary>An application as operators find it in lists. No personal data: ids, states and times.</summary>
internal sealed class ApplicationRow
{
    /// <summary>A UUID v7: the order of the ids is that of the filing.</summary>
    public Guid Id { get; set; }

    public string Number { get; set; } = "";

    public string Package { get; set; } = "";

    public int PackageVersion { get; set; }

    public string Region { get; set; } = "";

    public string Channel { get; set; } = "";

    public ApplicationStatus Status { get; set; }

    /// <summary>The number of the latest entry that is known; what is older changes nothing.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset SubmittedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A step of an application.</summary>
internal sealed class StepRow
{
    public Guid ApplicationId { get; set; }

    public string Step { get; set; } = "";

    /// <summary>Its place in the definition.</summary>
    public int Ordinal { get; set; }

    public string Service { get; set; } = "";

    public string Agency { get; set; } = "";

    /// <summary>The application's.</summary>
    public string Region { get; set; } = "";

    public StepStatus Status { get; set; }

    public int Attempt { get; set; }

    /// <summary>Since when it has its status.</summary>
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Whom it waits for; null when it is over, or waits for other steps.</summary>
    public Party? WaitsFor { get; set; }

    public DateTimeOffset? WaitsUntil { get; set; }

    /// <summary>Why an operator should look at it.</summary>
    public string[] Matters { get; set; } = [];

    /// <summary>What an operator can do about it.</summary>
    public string[] Acts { get; set; } = [];

    /// <summary>The requirements for which it was refused, or that are to be mended.</summary>
    public string[] Requirements { get; set; } = [];

    public string? BillingCode { get; set; }
}

/// <summary>
/// An entry of a timeline, for reports and for the way from a trace to its application. What never
/// changes of its application stands here too, so that a report reads one table.
/// </summary>
internal sealed class EntryRow
{
    public Guid ApplicationId { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public string Kind { get; set; } = "";

    public string? Step { get; set; }

    public int? Attempt { get; set; }

    /// <summary>The step's service.</summary>
    public string? Service { get; set; }

    public string Region { get; set; } = "";

    public string Package { get; set; } = "";

    /// <summary>When the application was filed.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>Of the entry that ends an application: how it ended.</summary>
    public ApplicationStatus? Ended { get; set; }

    public string[] Requirements { get; set; } = [];

    /// <summary>Of an entry that ends a step: how long its agency had it.</summary>
    public double? SecondsWithAgency { get; set; }

    /// <summary>Of an entry that ends a step with a deadline: whether the time was over.</summary>
    public bool? Late { get; set; }

    /// <summary>16 bytes.</summary>
    public byte[]? Trace { get; set; }
}

/// <summary>A process of a service, by its latest heartbeat.</summary>
internal sealed class ProcessRow
{
    public Guid Process { get; set; }

    public string Service { get; set; } = "";

    public string Version { get; set; } = "";

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the latest heartbeat was sent, by the sender's clock.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>When it came, by this machine's clock.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    public int IntervalSeconds { get; set; }

    public string[] Failing { get; set; } = [];

    /// <summary>Null when the outbox could not be read.</summary>
    public double? OutboxOldestSeconds { get; set; }

    public long OutboxPending { get; set; }

    public long OutboxRetrying { get; set; }

    public long OutboxDead { get; set; }

    public long TimersOverdue { get; set; }

    /// <summary>The queues, as the heartbeat has them (JSON).</summary>
    public string Queues { get; set; } = "[]";
}

/// <summary>Somebody who has signed in. The cookie holds the key only: to end a session is to delete its row.</summary>
internal sealed class SessionRow
{
    /// <summary>The SHA-256 of the key.</summary>
    public byte[] Id { get; set; } = [];

    public string Subject { get; set; } = "";

    /// <summary>Claims and tokens, encrypted with the keys of the service.</summary>
    public byte[] Ticket { get; set; } = [];

    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>What somebody did through the console to more than one application, or wanted to see.</summary>
public sealed class ConsoleRecordRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public string Subject { get; set; } = "";

    public string Person { get; set; } = "";

    /// <summary>What was done: <c>retry</c>, <c>show</c>, …</summary>
    public string Act { get; set; } = "";

    /// <summary>The application, when it is one.</summary>
    public string? Number { get; set; }

    public string? Step { get; set; }

    public string Region { get; set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>What came of it: <c>moved</c>, <c>unmoved</c>, <c>refused</c>, …</summary>
    public string Outcome { get; set; } = "";

    /// <summary>The same for all that was done with one button.</summary>
    public Guid Together { get; set; }
}
