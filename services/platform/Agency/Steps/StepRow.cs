using Mpp.Agency.Steps;
using Mpp.Contracts.Payments;

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
    Refused,

    /// <summary>Withdrawn or cancelled; final. Also for a step that was cancelled before it came.</summary>
    Cancelled,

    /// <summary>Granted by law before it came; it is issued when it comes.</summary>
    DeemedGranted,

    /// <summary>
    /// The retention of its application is over, and what was kept of it is erased; final. Also for a step that never
    /// came.
    /// </summary>
    Erased,
}

/// <summary>
/// One piece of work that the agency was asked for: a row of the table <c>steps</c>, the agency's work list and the
/// memory that makes it answer the same twice. The inputs stay as long as the step is not over. The answer, which may
/// hold personal data such as a child's NIK, stays until the coordinator says that the application's retention is over
/// (<see cref="EraseStep"/>).
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

    /// <summary>For people; <see langword="null"/> when a cancellation or a grant came before the step.</summary>
    public ApplicationNumber? ApplicationNumber { get; internal set; }

    /// <summary>
    /// The application's region; <see langword="null"/> when a cancellation or a grant came before the step.
    /// </summary>
    public RegionCode? Region { get; internal set; }

    /// <summary>When the agency first heard of it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it is due, where there is a deadline.</summary>
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>Where it stands.</summary>
    public required StepState State { get; set; }

    /// <summary>
    /// Which message <see cref="Answer"/> is, kebab-case, for example <c>step-completed</c>; <see langword="null"/>
    /// when the cancellation came first. It outlives the answer.
    /// </summary>
    public string? AnswerKind { get; set; }

    /// <summary>The latest answer, the JSON of the message sent; <see langword="null"/> once it is erased.</summary>
    public string? Answer { get; set; }

    /// <summary>When the latest answer was given.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>
    /// Why the mall rejected the latest answer, JSON of <see cref="ReplyFault"/>s; <see langword="null"/> if it did
    /// not. An answer that fits can be given with <see cref="IAgencySteps.AnswerAsync"/>.
    /// </summary>
    public string? Rejected { get; internal set; }

    /// <summary>When the limit passed that binds the agency to issue (UU 30/2014 art. 53).</summary>
    public DateTimeOffset? BoundByLaw { get; internal set; }

    /// <summary>How the citizen came.</summary>
    internal string? Channel { get; set; }

    /// <summary>
    /// The fields of the step, JSON, for when it is taken up again. Personal data: none is left when the step is over.
    /// </summary>
    internal string? Inputs { get; set; }

    /// <summary>The requirements that the applicant has answered with this attempt, a JSON array.</summary>
    internal string? Corrected { get; set; }

    /// <summary>The paid fee, a <see cref="FeePaid"/> in JSON.</summary>
    internal string? Paid { get; set; }

    /// <summary>The identity of the work.</summary>
    internal StepRef Step => new(ApplicationId, StepId, Attempt);

    internal bool IsFinal =>
        State is StepState.Completed or StepState.Refused or StepState.Cancelled or StepState.Erased;

    /// <summary>No other answer can be given.</summary>
    internal bool IsAnswered => State is StepState.DeemedGranted || (IsFinal && Rejected is null);

    internal static StepRow For(StepRef step, string service, DateTimeOffset receivedAt, StepState state) => new()
    {
        ApplicationId = step.ApplicationId,
        StepId = step.StepId,
        Attempt = step.Attempt,
        Service = service,
        ReceivedAt = receivedAt,
        State = state,
    };

    /// <summary>Takes an answer; a final one clears the inputs.</summary>
    internal void Give(StoredAnswer answer)
    {
        (State, AnswerKind, Answer, AnsweredAt) = (answer.State, answer.Kind, answer.Json, answer.At);
        Rejected = null;
        Inputs = IsFinal ? null : Inputs;
    }

    /// <summary>Keeps that there was such work, but nothing about the people it was for.</summary>
    internal void Erase() => (State, Inputs, Answer, Rejected) = (StepState.Erased, null, null, null);
}
