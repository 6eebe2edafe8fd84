using System.Text.Json.Serialization;

namespace Mpp.Contracts.Steps;

/// <summary>The state of an application. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<ApplicationStatus>))]
public enum ApplicationStatus
{
    /// <summary>Filed; no step has been asked for yet.</summary>
    Submitted,
    /// <summary>At least one agency has work to do.</summary>
    InProgress,
    /// <summary>The applicant must correct or pay something; other steps go on.</summary>
    AwaitingApplicant,
    /// <summary>Every step that applies is completed.</summary>
    Completed,
    /// <summary>Some steps are completed; others were refused, with what depends on them.</summary>
    CompletedInPart,
    /// <summary>Refused.</summary>
    Refused,
    /// <summary>Being cancelled.</summary>
    Cancelling,
    /// <summary>Cancelled, or as far as the agencies agreed.</summary>
    Cancelled,
}

/// <summary>The state of a step of an application. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<StepStatus>))]
public enum StepStatus
{
    /// <summary>Its needs are not completed yet.</summary>
    Waiting,
    /// <summary>Sent to the agency.</summary>
    Requested,
    /// <summary>The agency has it in hand.</summary>
    InProgress,
    /// <summary>The applicant must mend something; the clock stands.</summary>
    AwaitingCorrection,
    /// <summary>The applicant must pay; the clock stands.</summary>
    AwaitingPayment,
    /// <summary>Done.</summary>
    Completed,
    /// <summary>The agency was silent past the legal limit, which is a grant (UU 30/2014 art. 53).</summary>
    DeemedGranted,
    /// <summary>Refused by the agency.</summary>
    Refused,
    /// <summary>Does not apply, or depends on a step that was refused.</summary>
    Skipped,
    /// <summary>The agency was asked to cancel it.</summary>
    Cancelling,
    /// <summary>Cancelled or withdrawn.</summary>
    Cancelled,
    /// <summary>The agency does not cancel it.</summary>
    CancellationRefused,
    /// <summary>An operator must look at it.</summary>
    Stalled,
    /// <summary>The applicant did not correct or pay in time; withdrawn from the agency.</summary>
    Lapsed,
}

/// <summary>Coordinator → everybody: an application moved. Ids and states only, no personal data.</summary>
public sealed record ApplicationChanged
{
    /// <summary>The application, a UUID v7.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>The application's number, for people.</summary>
    public required ApplicationNumber ApplicationNumber { get; init; }

    /// <summary>
    /// The number of the latest entry in the application's timeline. Entries count up from 1 without gaps; a message
    /// tells of one decision, which makes one entry or more. So the number grows from message to message, but not
    /// always by one. It tells an old message from a new one when messages overtake each other.
    /// </summary>
    public required long Sequence { get; init; }

    /// <summary>The package's code.</summary>
    public required string Package { get; init; }

    /// <summary>The package version that the application is pinned to.</summary>
    public required int PackageVersion { get; init; }

    /// <summary>The region that the application belongs to.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>The application's status after the change.</summary>
    public required ApplicationStatus Status { get; init; }

    /// <summary>Status of every step after the change, by step id.</summary>
    public required IReadOnlyDictionary<string, StepStatus> Steps { get; init; }

    /// <summary>When the change was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How the citizen came, or went on: <c>counter</c>, <c>mobile</c>, <c>self</c>, <c>electronic</c>.
    /// </summary>
    public string? Channel { get; init; }

    /// <summary>When it was filed.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it came to its end; <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Every step after the change, in the order of the definition.</summary>
    public IReadOnlyList<ChangedStep> StepsInDetail { get; init; } = [];

    /// <summary>
    /// The entries of the timeline that this decision made, oldest first; the last one has <see cref="Sequence"/>.
    /// Notes of ignored replies are left out.
    /// </summary>
    public IReadOnlyList<ChangedEntry> Entries { get; init; } = [];
}

/// <summary>Who can be next to act. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<Party>))]
public enum Party
{
    /// <summary>The applicant corrects or pays.</summary>
    Applicant,
    /// <summary>The agency has it in hand.</summary>
    Agency,
    /// <summary>Only an operator can help it on.</summary>
    Operator,
}

/// <summary>Where a step stands after a change. No personal data.</summary>
public sealed record ChangedStep
{
    /// <summary>The step's id in the package.</summary>
    public required string Id { get; init; }

    /// <summary>The service that does it, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Its status.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Which time it is asked for; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Since when it has this status.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the agency must be done, by working clock; <see langword="null"/> while the clock stands.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whom it waits for; <see langword="null"/> when it is over, or waits for other steps.</summary>
    public Party? WaitsFor { get; init; }

    /// <summary>Until when that party has time, where there is a limit.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Why an operator should look at it: <c>due-soon</c>, <c>overdue</c>, <c>stalled</c>, …</summary>
    public IReadOnlyList<string> Matters { get; init; } = [];

    /// <summary>What an operator can do about it now: <c>retry</c>, <c>skip</c>, …</summary>
    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>The requirements for which it was refused, or that the applicant must mend.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>The code to pay the fee of this attempt with.</summary>
    public string? BillingCode { get; init; }
}

/// <summary>An entry of a timeline, without its texts and without personal data.</summary>
public sealed record ChangedEntry
{
    /// <summary>Its number in the timeline.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, as in the timeline: <c>step-completed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The step it happened to.</summary>
    public string? Step { get; init; }

    /// <summary>That step's attempt.</summary>
    public int? Attempt { get; init; }

    /// <summary>Of the entry that ends an application: how it ended.</summary>
    public ApplicationStatus? Ended { get; init; }

    /// <summary>The requirements that a refusal or a correction names.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Of an entry that ends a step: how long the agency had it in hand over all attempts, in seconds.
    /// </summary>
    public double? SecondsWithAgency { get; init; }

    /// <summary>Of an entry that ends a step with a deadline: whether the agency's time was over.</summary>
    public bool? Late { get; init; }

    /// <summary>The trace of the work that made it, 32 hex digits; only in what is told again later.</summary>
    public string? TraceId { get; init; }
}
