using System.Text.Json;

namespace Mpp.Contracts.Steps;

/// <summary>
/// The identity of a piece of work. An agency that receives the same work twice does it once and answers twice with the
/// same result.
/// </summary>
/// <param name="ApplicationId">The application, a UUID v7.</param>
/// <param name="StepId">The step's id in the package definition, for example <c>birth-certificate</c>.</param>
/// <param name="Attempt">
/// From 1; counts up after a correction and when the applicant files the step again. An operator's retry sends the same
/// attempt once more: an agency that has it answers again and does nothing twice.
/// </param>
public readonly record struct StepRef(Guid ApplicationId, string StepId, int Attempt);

/// <summary>Coordinator → one agency's queue: do this step.</summary>
public sealed record StepRequest
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The application's number, for people.</summary>
    public required ApplicationNumber ApplicationNumber { get; init; }

    /// <summary>The service asked for, <c>agency/service</c>, for example <c>police/skck</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The region that the application belongs to.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>
    /// How the citizen came: <c>counter</c>, <c>mobile</c>, <c>self</c> or <c>electronic</c> (Perpres 89/2021).
    /// </summary>
    public required string Channel { get; init; }

    /// <summary>
    /// A JSON object with just the fields that the package definition maps to this step. Personal data: for this agency
    /// only.
    /// </summary>
    public required JsonElement Inputs { get; init; }

    /// <summary>When the step is due, where the definition sets a deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// The requirements that the applicant has answered with this attempt; empty for a first request. Evidence of
    /// earlier attempts still counts.
    /// </summary>
    public IReadOnlyList<string> Corrected { get; init; } = [];
}

/// <summary>
/// Coordinator → agency: the legal limit has passed without an answer, so the step counts as granted (UU 30/2014 art.
/// 53). The agency is bound: it issues what was applied for and answers <see cref="StepCompleted"/>. A refusal no
/// longer counts, unless it was decided before the limit and reached the coordinator before this was sent.
/// </summary>
public sealed record StepDeemedGranted
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The service that is bound, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The limit that passed.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>
/// Coordinator → agency: an operator of the mall has given the agency until another time. Not answered.
/// </summary>
public sealed record StepDeadlineExtended
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The service that was asked, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>When the step is due now.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>Coordinator → agency: cancel this step, or withdraw it when it is still in hand.</summary>
public sealed record CancelStep
{
    /// <summary>The identity of the work to cancel.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The service that did the work, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>
    /// Why, for the agency's file: <c>cancelled-by-applicant</c>, <c>cancelled-by-operator</c>,
    /// <c>correction-lapsed</c> or <c>payment-lapsed</c>.
    /// </summary>
    public required string Reason { get; init; }
}

/// <summary>
/// Coordinator → agency: the application has ended and its retention is over (UU 27/2022 art. 43 and 44). The agency
/// erases what it keeps only for this protocol, the inputs and its answer, and does no more of the work. For its own
/// registers the agency's own rules hold. Not answered.
/// </summary>
public sealed record EraseStep
{
    /// <summary>The identity of the work; every attempt that was asked for is named in a message of its own.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The service that was asked, <c>agency/service</c>.</summary>
    public required string Service { get; init; }
}

/// <summary>Agency → coordinator: taken in hand. An agency that finishes at once does not send it.</summary>
public sealed record StepAccepted
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The agency's own file number.</summary>
    public required string AgencyFileNumber { get; init; }

    /// <summary>When the agency expects to be done, where it can tell.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>
    /// When the agency took it, by its own clock; it counts for the deadline however long the message is on the way.
    /// Without it the arrival counts.
    /// </summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Agency → coordinator: done.</summary>
public sealed record StepCompleted
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>
    /// A JSON object that later steps may read, as the service's output schema says. May hold personal data: never
    /// published, only sent to the coordinator.
    /// </summary>
    public required JsonElement Outputs { get; init; }

    /// <summary>The documents issued; empty when the service issues none.</summary>
    public IReadOnlyList<IssuedDocument> Documents { get; init; } = [];

    /// <summary>
    /// When the agency decided, by its own clock; it counts for the deadline however long the message is on the way.
    /// Without it the arrival counts.
    /// </summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>A document that an agency issued. The document itself stays with the agency.</summary>
/// <param name="Kind">What it is, for example <c>birth-certificate</c>, <c>skck</c>, <c>nib</c>.</param>
/// <param name="Number">The agency's number for it.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidUntil">Last day of validity; <see langword="null"/> when it does not end.</param>
public sealed record IssuedDocument(string Kind, string Number, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    /// <summary>How long a number can be, in characters.</summary>
    public const int LongestNumber = 64;
}

/// <summary>Agency → coordinator: refused.</summary>
public sealed record StepRefused
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>At least one reason.</summary>
    public required IReadOnlyList<StepReason> Reasons { get; init; }

    /// <summary>
    /// When the agency decided, by its own clock; it counts for the deadline however long the message is on the way.
    /// Without it the arrival counts.
    /// </summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Why a step is refused, or what the applicant must mend.</summary>
/// <param name="Requirement">The code of the requirement in the service's published standard,
/// for example <c>mother-jkn-active</c>.</param>
/// <param name="Text">The reason in words, for the applicant. Names no value of personal data.</param>
/// <param name="Pointer">The input at fault, a JSON Pointer (RFC 6901) into the step's inputs, where
/// there is one.</param>
/// <param name="LegalBasis">The rule it rests on, for example <c>Perpol 6/2023</c>, where there is one.</param>
public sealed record StepReason(
    string Requirement, LocalizedText Text, string? Pointer = null, string? LegalBasis = null)
{
    /// <summary>A requirement of the protocol itself, for every service: the inputs are as the standard says.</summary>
    public const string ValidInput = "valid-input";
}

/// <summary>Agency → coordinator: the applicant must mend these items; the clock stops.</summary>
public sealed record CorrectionRequested
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>At least one item, each naming its requirement.</summary>
    public required IReadOnlyList<StepReason> Items { get; init; }

    /// <summary>
    /// When the agency decided, by its own clock; it counts for the deadline however long the message is on the way.
    /// Without it the arrival counts.
    /// </summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Agency → coordinator: the file is accepted and a fee is due; the clock stops until it is paid.</summary>
public sealed record FeeRequested
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The fee in whole rupiah, more than 0.</summary>
    public required long AmountRupiah { get; init; }

    /// <summary>What the fee is for and where it is set, for example <c>PNBP SKCK, PP 76/2020</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>
    /// Whose money it is, kebab-case: fees of different payees never stand on one bill. The state's treasury, unless
    /// the agency says another.
    /// </summary>
    public string Payee { get; init; } = Payees.StateTreasury;

    /// <summary>Until when it can be paid.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// True when the rule in <see cref="Purpose"/> says that the fee is for the examination, whatever its result: it is
    /// not paid back after a refusal. If false, an applicant who does not get the service gets the fee back.
    /// </summary>
    public bool KeptIfRefused { get; init; }

    /// <summary>
    /// When the agency decided, by its own clock; it counts for the deadline however long the message is on the way.
    /// Without it the arrival counts.
    /// </summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Agency → coordinator: the step is cancelled or withdrawn.</summary>
public sealed record StepCancelled
{
    /// <summary>The identity of the work that is cancelled.</summary>
    public required StepRef Step { get; init; }
}

/// <summary>Agency → coordinator: the agency does not cancel the step; an operator sees it.</summary>
public sealed record StepCancellationRefused
{
    /// <summary>The identity of the work that stands.</summary>
    public required StepRef Step { get; init; }

    /// <summary>At least one reason.</summary>
    public required IReadOnlyList<StepReason> Reasons { get; init; }
}

/// <summary>
/// Coordinator → agency: a reply does not fit the published standard of the service, so it changes nothing, and an
/// operator of the mall knows. The step is still in the agency's hands: it must send a reply that fits. This message is
/// not answered. When the same reply comes again and still does not fit, the agency is told only the first times.
/// </summary>
public sealed record ReplyRejected
{
    /// <summary>The identity of the work.</summary>
    public required StepRef Step { get; init; }

    /// <summary>The service, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Which reply it was, kebab-case, for example <c>step-completed</c>.</summary>
    public required string Reply { get; init; }

    /// <summary>What does not fit: at least one, at most twenty.</summary>
    public required IReadOnlyList<ReplyFault> Faults { get; init; }
}

/// <summary>What does not fit in a reply. Contains no value of the reply.</summary>
/// <param name="Pointer">The place, a JSON Pointer (RFC 6901) into the reply, for example
/// <c>/documents/0/number</c>.</param>
/// <param name="Code">Kebab-case, as in the errors of the gateway's problems, for example <c>missing</c>.</param>
/// <param name="Detail">The same in words, for the agency's engineers.</param>
public sealed record ReplyFault(string Pointer, string Code, string Detail);
