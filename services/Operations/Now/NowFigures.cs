namespace Mpp.Operations.Now;

/// <summary>What the page <c>Now</c> shows.</summary>
/// <param name="Flow">Applications filed and ended in each of the last sixty minutes, oldest first.</param>
/// <param name="Open">Open applications by status.</param>
/// <param name="Agencies">The agencies with their work in hand.</param>
/// <param name="Deadlines">The deadlines of what agencies have in hand.</param>
/// <param name="Stuck">What needs an operator, longest first; not all of it.</param>
/// <param name="StuckInAll">How many steps need an operator.</param>
/// <param name="Retries">Steps that operators had asked again in the last 24 hours.</param>
/// <param name="Processes">The services' processes, by their latest heartbeats.</param>
public sealed record NowFigures(
    IReadOnlyList<FlowMinute> Flow, IReadOnlyDictionary<ApplicationStatus, long> Open,
    IReadOnlyList<AgencyWork> Agencies, Deadlines Deadlines, IReadOnlyList<StuckStep> Stuck, long StuckInAll,
    IReadOnlyList<RetriedStep> Retries, IReadOnlyList<ProcessBeat> Processes);

/// <summary>A minute.</summary>
public sealed record FlowMinute(DateTimeOffset Minute, int Filed, int Ended);

/// <summary>What an agency has in hand.</summary>
/// <param name="Agency">Its code.</param>
/// <param name="InHand">Steps that wait for it.</param>
/// <param name="Oldest">Since when the oldest of them does.</param>
/// <param name="Silent">Steps that it has not answered.</param>
public sealed record AgencyWork(string Agency, long InHand, DateTimeOffset? Oldest, long Silent);

/// <summary>Deadlines of steps whose clock runs.</summary>
public sealed record Deadlines(long Breached, long Near, long OnTime);

/// <summary>A step that needs an operator.</summary>
public sealed record StuckStep(
    string Number, string Region, string Package, string Step, string Service, StepStatus Status, DateTimeOffset Since,
    DateTimeOffset? DueAt, Party? WaitsFor, IReadOnlyList<string> Matters);

/// <summary>A step that was asked again.</summary>
public sealed record RetriedStep(string Number, string Step, long Times, DateTimeOffset Latest);

/// <summary>A process of a service.</summary>
public sealed record ProcessBeat(
    string Service, Guid Process, string Version, DateTimeOffset StartedAt, DateTimeOffset SentAt,
    DateTimeOffset ReceivedAt, int IntervalSeconds, IReadOnlyList<string> Failing, double? OutboxOldestSeconds,
    long OutboxPending, long OutboxRetrying, long OutboxDead, long TimersOverdue, IReadOnlyList<QueueBeat> Queues);

/// <summary>A queue of a service.</summary>
public sealed record QueueBeat(string Name, long Ready, int Consumers);
