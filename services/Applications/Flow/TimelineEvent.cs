using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>An event at its place in an application's timeline.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Event">What happened.</param>
internal sealed record TimelineEntry(long Sequence, DateTimeOffset At, TimelineEvent Event);

/// <summary>
/// What happened to an application. The timeline is the source: folding it gives the state. Personal data is not written with the
/// event but stored apart (<see cref="IHoldsPersonalData"/>), so that it can be erased and the timeline stay.
/// </summary>
internal abstract record TimelineEvent;

/// <summary>An event with content that is stored apart from the timeline.</summary>
internal interface IHoldsPersonalData
{
    /// <summary>Where the content belongs: <c>input</c>, <c>changes/{number}</c> or <c>steps/{step id}</c>.</summary>
    string Part { get; }

    JsonElement Content { get; }
}

/// <summary>The filing. <c>Representation</c>: on whose authority somebody else filed it for the applicant.</summary>
internal sealed record ApplicationSubmitted(
    Guid Id, ApplicationNumber Number, string Package, int PackageVersion, RegionCode Region, string Channel, ImmutableArray<string> Steps,
    Representation? Representation = null, string? Client = null) : TimelineEvent, IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.InputPart;
}

/// <summary>Goes on in another of the mall's four channels, under the same number.</summary>
internal sealed record ChannelChanged(string Channel, Actor By) : TimelineEvent;

/// <summary>The applicant or an operator wants all of it undone.</summary>
internal sealed record CancellationAsked(Actor By, string? Reason) : TimelineEvent;

/// <summary>The agency of the pivot does not give it back: the application goes forward again.</summary>
internal sealed record CancellationDropped(string Pivot) : TimelineEvent;

/// <summary>An operator acted; what follows from it are entries of their own.</summary>
internal sealed record OperatorActed(OperatorAct Act, string Step, Actor By, string Reason) : TimelineEvent;

/// <summary>The end. Only a note of an ignored reply can follow, or the filing anew of a refused part.</summary>
internal sealed record ApplicationEnded(ApplicationStatus Status) : TimelineEvent;

internal abstract record StepEvent(string Step) : TimelineEvent;

/// <summary>Sent to the agency; the clock runs until <c>DueAt</c>.</summary>
internal sealed record StepRequested(string Step, int Attempt, string Service, DateTimeOffset? DueAt, DateTimeOffset StallsAt, DateTimeOffset? WarnAt = null) : StepEvent(Step);

internal sealed record StepTaken(string Step, int Attempt, string AgencyFileNumber, DateTimeOffset? ExpectedAt, DateTimeOffset StallsAt) : StepEvent(Step);

/// <summary>Completed by its agency; <c>Evidence</c>: by an operator, for work done outside.</summary>
internal sealed record StepDone(string Step, int Attempt, ImmutableArray<IssuedDocument> Documents, string? Evidence = null) : StepEvent(Step), IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.StepPart(Step);
}

/// <summary>The agency refused. <c>FailsApplication</c>: nothing further is started because of it.</summary>
internal sealed record StepRefused(string Step, int Attempt, ImmutableArray<StepReason> Reasons, bool FailsApplication) : StepEvent(Step);

/// <summary>The applicant must mend the items until <c>WaitsUntil</c>; the clock stands with <c>Left</c> to go.</summary>
internal sealed record StepNeedsCorrection(string Step, int Attempt, ImmutableArray<StepReason> Items, DateTimeOffset WaitsUntil, TimeLeft? Left) : StepEvent(Step);

/// <summary>The applicant has mended them; the next attempt follows. <c>Number</c> counts all changes to what the applicant gave.</summary>
internal sealed record CorrectionGiven(string Step, int Attempt, ImmutableArray<string> Requirements, int Number, Actor By) : StepEvent(Step), IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.ChangePart(Number);
}

/// <summary>A fee is due; the clock stands with <c>Left</c> to go.</summary>
internal sealed record StepNeedsPayment(string Step, int Attempt, Fee Fee, TimeLeft? Left) : StepEvent(Step);

internal sealed record FeeBilled(string Step, int Attempt, string BillingCode, DateTimeOffset ExpiresAt) : StepEvent(Step);

/// <summary>The fee is paid, and the agency goes on; the clock runs again.</summary>
internal sealed record FeePaid(
    string Step, int Attempt, string BillingCode, long AmountRupiah, DateTimeOffset? DueAt, DateTimeOffset StallsAt, DateTimeOffset? WarnAt) : StepEvent(Step);

/// <summary>The fee was paid when the step had been withdrawn already: it is to be paid back.</summary>
internal sealed record FeePaidTooLate(string Step, int Attempt, string BillingCode, long AmountRupiah) : StepEvent(Step);

/// <summary>The applicant did not act in time, or not well enough in the rounds there are.</summary>
internal sealed record StepLapsed(string Step, int Attempt, LapseReason Reason, bool FailsApplication) : StepEvent(Step);

/// <summary>The step will not be done. <c>Because</c>: the refused step behind it.</summary>
internal sealed record StepSkipped(string Step, SkipReason Reason, string? Because) : StepEvent(Step);

/// <summary>A refused or lapsed step, and what was skipped because of it, waits to be done again with what the applicant changed.</summary>
internal sealed record StepRefiled(string Step, int Attempt, int Number, Actor By) : StepEvent(Step), IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.ChangePart(Number);
}

/// <summary>The agency was sent again what it was sent before, because an operator wanted it.</summary>
internal sealed record StepAskedAgain(string Step, int Attempt, DateTimeOffset StallsAt) : StepEvent(Step);

/// <summary>An agency is silent.</summary>
internal sealed record StepStalled(string Step, int Attempt) : StepEvent(Step);

/// <summary>Little is left of the time that the agency has.</summary>
internal sealed record DeadlineNear(string Step, int Attempt, DateTimeOffset DueAt) : StepEvent(Step);

/// <summary>The time is over; an operator must see to it.</summary>
internal sealed record DeadlinePassed(string Step, int Attempt, DateTimeOffset DueAt) : StepEvent(Step);

/// <summary>An operator gave the agency until another time.</summary>
internal sealed record DeadlineMoved(string Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset WarnAt) : StepEvent(Step);

/// <summary>The time is over, and silence is a grant (UU 30/2014 art. 53). The agency must still issue.</summary>
internal sealed record StepGrantedByLaw(string Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset StallsAt) : StepEvent(Step);

/// <summary>The agency was asked to undo or withdraw it.</summary>
internal sealed record UndoAsked(string Step, int Attempt, DateTimeOffset StallsAt) : StepEvent(Step);

/// <summary>Undone, withdrawn, or never begun.</summary>
internal sealed record StepUndone(string Step, int Attempt) : StepEvent(Step);

/// <summary>The agency does not undo it.</summary>
internal sealed record UndoRefused(string Step, int Attempt, ImmutableArray<StepReason> Reasons, DateTimeOffset StallsAt) : StepEvent(Step);

/// <summary>An operator saw to what was left when it was over.</summary>
/// <param name="Evidence">Where the proof is.</param>
internal sealed record StepSeenTo(string Step, int Attempt, string Evidence) : StepEvent(Step);

/// <summary>A reply that changed nothing: late, a duplicate, or of a step or attempt that nobody asked for.</summary>
internal sealed record ReplyIgnored(string Step, int Attempt, string Reply, IgnoredBecause Because) : StepEvent(Step);

/// <summary>Who acted: never a name.</summary>
/// <param name="Role">As whom.</param>
/// <param name="Client">The client that called.</param>
/// <param name="Subject">The person in the client's or the authority's own terms, where the token says.</param>
internal sealed record Actor(ActorRole Role, string Client, string? Subject = null);

/// <summary>Somebody files for the applicant, a hospital for parents for example.</summary>
/// <param name="Authority">What allows it: <c>power-of-attorney</c>, <c>agreement</c>, <c>guardian</c> or <c>family</c>.</param>
/// <param name="Reference">The number of the letter or agreement.</param>
internal sealed record Representation(string Authority, string Reference);

[JsonConverter(typeof(KebabEnumConverter<ActorRole>))]
internal enum ActorRole
{
    Applicant,
    Operator,
}

[JsonConverter(typeof(KebabEnumConverter<OperatorAct>))]
internal enum OperatorAct
{
    /// <summary>Ask the agency again for what it was asked.</summary>
    Retry,

    /// <summary>Go on without the step.</summary>
    Skip,

    /// <summary>The work is done outside the system.</summary>
    Complete,

    /// <summary>Give the agency until another time.</summary>
    Extend,

    /// <summary>What was left when the step was over is seen to: the money is paid back, the citizen knows what stands.</summary>
    Close,
}

/// <summary>Why a step is on the operators' worklist.</summary>
[JsonConverter(typeof(KebabEnumConverter<OperatorMatter>))]
internal enum OperatorMatter
{
    /// <summary>Little of the agency's time is left.</summary>
    DueSoon,

    /// <summary>The agency's time is over.</summary>
    Overdue,

    /// <summary>The agency has not answered.</summary>
    Silent,

    /// <summary>The agency does not withdraw the step, though it was asked to.</summary>
    Kept,

    /// <summary>What the agency granted stands, though the application is undone.</summary>
    Stands,

    /// <summary>Money was paid for a step that had been withdrawn.</summary>
    RefundDue,
}

[JsonConverter(typeof(KebabEnumConverter<LapseReason>))]
internal enum LapseReason
{
    /// <summary>Not corrected in time.</summary>
    Correction,

    /// <summary>The agency asked for more corrections than the package allows.</summary>
    Rounds,

    /// <summary>Not paid in time.</summary>
    Payment,
}

[JsonConverter(typeof(KebabEnumConverter<SkipReason>))]
internal enum SkipReason
{
    /// <summary>Its condition does not hold. Steps that need it go on.</summary>
    NotApplicable,

    /// <summary>A step that it needs, directly or not, was refused.</summary>
    NeedRefused,

    /// <summary>The whole application was refused before the step was started.</summary>
    ApplicationRefused,

    /// <summary>An operator decided so. Steps that need it go on.</summary>
    Operator,
}

[JsonConverter(typeof(KebabEnumConverter<IgnoredBecause>))]
internal enum IgnoredBecause
{
    /// <summary>The step, or this attempt at it, had gone on before the reply came.</summary>
    Late,

    /// <summary>The package has no such step.</summary>
    UnknownStep,

    /// <summary>The step, this attempt, or what is replied to was never asked for.</summary>
    NotRequested,
}
