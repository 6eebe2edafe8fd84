using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Agency;

/// <summary>Where a step stands, as the agency sees it.</summary>
public enum StepState
{
    /// <summary>Taken; the agency answers later.</summary>
    InHand,

    /// <summary>The applicant must mend something; the work comes back as the next attempt.</summary>
    AwaitingCorrection,

    /// <summary>The applicant must pay.</summary>
    AwaitingPayment,

    /// <summary>Done; final.</summary>
    Completed,

    /// <summary>Refused; final.</summary>
    Rejected,

    /// <summary>Withdrawn or undone; final. Also of a step that was cancelled before it came.</summary>
    Cancelled,
}

/// <summary>
/// One piece of work that the agency was asked for: a row of the table <c>steps</c>, the agency's work list and the memory that
/// makes it answer the same twice. It holds no inputs; the answer may hold personal data, such as a child's NIK.
/// </summary>
public sealed class StepRow
{
    /// <summary>The application.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>The step's id in the package.</summary>
    public required string StepId { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The service asked for, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>For people; <see langword="null"/> when the cancellation came before the step.</summary>
    public ApplicationNumber? ApplicationNumber { get; init; }

    /// <summary>The application's region; <see langword="null"/> when the cancellation came before the step.</summary>
    public RegionCode? Region { get; init; }

    /// <summary>When the agency first heard of it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it is due, where there is a deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required StepState State { get; set; }

    /// <summary>Which message <see cref="Answer"/> is, kebab-case, for example <c>step-completed</c>; <see langword="null"/> when the cancellation came first.</summary>
    public string? AnswerKind { get; set; }

    /// <summary>The latest answer, the JSON of the message sent.</summary>
    public string? Answer { get; set; }

    /// <summary>When the latest answer was given.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The identity of the work.</summary>
    internal StepRef Step => new(ApplicationId, StepId, Attempt);

    internal bool IsFinal => State is StepState.Completed or StepState.Rejected or StepState.Cancelled;
}
