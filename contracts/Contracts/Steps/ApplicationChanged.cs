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
}
