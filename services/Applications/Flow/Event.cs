namespace Mpp.Applications.Flow;

/// <summary>An event at its place in an application's timeline.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Event">What happened.</param>
internal sealed record TimelineEntry(long Sequence, DateTimeOffset At, Event Event);

/// <summary>
/// What happened to an application. The timeline is the source: folding it gives the state. Personal data is not
/// written with the event but stored apart (<see cref="IHoldsPersonalData"/>), so that it can be erased and the
/// timeline stay. Some events still hold numbers that lead to a person: these are taken out at the same time, see
/// <see cref="PersonalDataErased"/>.
/// </summary>
internal abstract record Event
{
    /// <summary>
    /// The filing. <c>Representation</c>: on whose authority somebody else filed it for the applicant.
    /// </summary>
    internal sealed record ApplicationSubmitted(
        Guid Id, ApplicationNumber Number, string Package, int PackageVersion, RegionCode Region, string Channel,
        ImmutableArray<string> Steps,
        Representation? Representation = null, string? Client = null) : Event, IHoldsPersonalData
    {
        [JsonIgnore]
        public JsonElement Content { get; init; }

        [JsonIgnore]
        public string Part => Dossier.InputPart;
    }

    /// <summary>Goes on in another of the mall's four channels, under the same number.</summary>
    internal sealed record ChannelChanged(string Channel, Actor By) : Event;

    /// <summary>The applicant or an operator wants all of it cancelled.</summary>
    internal sealed record CancellationRequested(Actor By, string? Reason) : Event;

    /// <summary>The agency of the pivot does not give it back: the application goes forward again.</summary>
    internal sealed record CancellationDropped(string Pivot) : Event;

    /// <summary>An operator acted; what follows from it are entries of their own.</summary>
    internal sealed record OperatorActed(OperatorAct Act, string Step, Actor By, string Reason) : Event;

    /// <summary>
    /// The end. After it only these can come: a note of an ignored reply, the refiling of a refused part, or at
    /// <c>EraseAt</c> the erasure.
    /// </summary>
    internal sealed record ApplicationEnded(ApplicationStatus Status, DateTimeOffset? EraseAt = null) : Event;

    /// <summary>
    /// The retention is over: the personal data are erased. So are the numbers that lead to them in somebody else's
    /// file: those of documents (UU 24/2013 art. 58 counts some of them among a resident's data), the agency's file
    /// number, and the number of a letter of representation. So are the client's name for the applicant, and the
    /// applicant's reason for a cancellation. All of these are taken out of the earlier entries too.
    /// </summary>
    internal sealed record PersonalDataErased : Event;

    /// <summary>Sent to the agency; the clock runs until <c>DueAt</c>.</summary>
    internal sealed record StepRequested(
        string Step, int Attempt, string Service, DateTimeOffset? DueAt, DateTimeOffset StallsAt,
        DateTimeOffset? WarnAt = null) : StepEvent(Step);

    internal sealed record StepAccepted(
        string Step, int Attempt, string AgencyFileNumber, DateTimeOffset? ExpectedAt, DateTimeOffset StallsAt)
        : StepEvent(Step);

    /// <summary>
    /// Completed by its agency or, if there is <c>Evidence</c>, by an operator for work done outside.
    /// </summary>
    internal sealed record StepCompleted(
        string Step, int Attempt, ImmutableArray<IssuedDocument> Documents, string? Evidence = null)
        : StepEvent(Step), IHoldsPersonalData
    {
        [JsonIgnore]
        public JsonElement Content { get; init; }

        [JsonIgnore]
        public string Part => Dossier.StepPart(Step);
    }

    /// <summary>The agency refused. <c>FailsApplication</c>: nothing further is started because of it.</summary>
    internal sealed record StepRefused(
        string Step, int Attempt, ImmutableArray<StepReason> Reasons, bool FailsApplication) : StepEvent(Step);

    /// <summary>
    /// The applicant must mend the items until <c>WaitsUntil</c>; the clock stands, and <c>Left</c> remains.
    /// </summary>
    internal sealed record CorrectionRequested(
        string Step, int Attempt, ImmutableArray<StepReason> Items, DateTimeOffset WaitsUntil,
        TimeLeft? Left) : StepEvent(Step);

    /// <summary>
    /// The applicant has mended them; the next attempt follows. <c>Number</c> counts all changes to what the applicant
    /// gave.
    /// </summary>
    internal sealed record StepCorrected(
        string Step, int Attempt, ImmutableArray<string> Requirements, int Number, Actor By)
        : StepEvent(Step), IHoldsPersonalData
    {
        [JsonIgnore]
        public JsonElement Content { get; init; }

        [JsonIgnore]
        public string Part => Dossier.ChangePart(Number);
    }

    /// <summary>A fee is due; the clock stands, and <c>Left</c> remains.</summary>
    internal sealed record FeeRequested(string Step, int Attempt, Fee Fee, TimeLeft? Left) : StepEvent(Step);

    internal sealed record FeeBilled(
        string Step, int Attempt, string BillingCode, DateTimeOffset ExpiresAt) : StepEvent(Step);

    /// <summary>The fee is paid, and the agency goes on; the clock runs again.</summary>
    internal sealed record FeePaid(
        string Step, int Attempt, string BillingCode, long AmountRupiah, DateTimeOffset? DueAt, DateTimeOffset StallsAt,
        DateTimeOffset? WarnAt) : StepEvent(Step);

    /// <summary>The fee was paid when nobody waited for it any more: it is to be paid back.</summary>
    internal sealed record FeePaidTooLate(
        string Step, int Attempt, string BillingCode, long AmountRupiah) : StepEvent(Step);

    /// <summary>The fee was paid, and what it was for will not be done: it is to be paid back.</summary>
    internal sealed record FeeRefundDue(string Step, int Attempt, long AmountRupiah) : StepEvent(Step);

    /// <summary>The money was given back. <c>Reference</c>: of the transfer.</summary>
    internal sealed record FeePaidBack(
        string Step, int Attempt, long AmountRupiah, string Reference, DateTimeOffset PaidBackAt) : StepEvent(Step);

    /// <summary>The applicant did not act in time, or not well enough in the rounds there are.</summary>
    internal sealed record StepLapsed(
        string Step, int Attempt, LapseReason Reason, bool FailsApplication) : StepEvent(Step);

    /// <summary>The step will not be done. <c>Because</c>: the refused step behind it.</summary>
    internal sealed record StepSkipped(string Step, SkipReason Reason, string? Because) : StepEvent(Step);

    /// <summary>
    /// A refused or lapsed step, and what was skipped because of it, waits to be done again with what the applicant
    /// changed.
    /// </summary>
    internal sealed record StepRefiled(
        string Step, int Attempt, int Number, Actor By) : StepEvent(Step), IHoldsPersonalData
    {
        [JsonIgnore]
        public JsonElement Content { get; init; }

        [JsonIgnore]
        public string Part => Dossier.ChangePart(Number);
    }

    /// <summary>The agency was sent the same again, because an operator asked for it.</summary>
    internal sealed record StepRetried(string Step, int Attempt, DateTimeOffset StallsAt) : StepEvent(Step);

    /// <summary>An agency is silent.</summary>
    internal sealed record StepStalled(string Step, int Attempt) : StepEvent(Step);

    /// <summary>Little is left of the time that the agency has.</summary>
    internal sealed record StepDueSoon(string Step, int Attempt, DateTimeOffset DueAt) : StepEvent(Step);

    /// <summary>The time is over; an operator must see to it.</summary>
    internal sealed record StepOverdue(string Step, int Attempt, DateTimeOffset DueAt) : StepEvent(Step);

    /// <summary>An operator gave the agency until another time.</summary>
    internal sealed record DeadlineExtended(
        string Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset WarnAt) : StepEvent(Step);

    /// <summary>The time is over, and silence is a grant (UU 30/2014 art. 53). The agency must still issue.</summary>
    internal sealed record StepDeemedGranted(
        string Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset StallsAt) : StepEvent(Step);

    /// <summary>The agency was asked to cancel or withdraw it.</summary>
    internal sealed record StepCancellationRequested(
        string Step, int Attempt, DateTimeOffset StallsAt) : StepEvent(Step);

    /// <summary>Cancelled, withdrawn, or never begun.</summary>
    internal sealed record StepCancelled(string Step, int Attempt) : StepEvent(Step);

    /// <summary>The agency does not cancel it.</summary>
    internal sealed record StepCancellationRefused(
        string Step, int Attempt, ImmutableArray<StepReason> Reasons, DateTimeOffset StallsAt) : StepEvent(Step);

    /// <summary>
    /// The agency's reply does not fit its published standard: it counts for nothing, the agency was told why, and an
    /// operator must see to it.
    /// </summary>
    internal sealed record ReplyRejected(
        string Step, int Attempt, string Reply, ImmutableArray<ReplyFault> Faults) : StepEvent(Step);

    /// <summary>An operator dealt with what was left when the step was over.</summary>
    /// <param name="Evidence">Where the proof is.</param>
    internal sealed record StepClosed(string Step, int Attempt, string Evidence) : StepEvent(Step);

    /// <summary>
    /// A reply that changed nothing: late, a duplicate, or of a step or attempt that nobody asked for.
    /// </summary>
    internal sealed record ReplyIgnored(
        string Step, int Attempt, string Reply, IgnoredBecause Because) : StepEvent(Step);
}

/// <summary>Something that happened to one step.</summary>
internal abstract record StepEvent(string Step) : Event;

/// <summary>An event with content that is stored apart from the timeline.</summary>
internal interface IHoldsPersonalData
{
    /// <summary>Where the content belongs: <c>input</c>, <c>changes/{number}</c> or <c>steps/{step id}</c>.</summary>
    string Part { get; }

    JsonElement Content { get; }
}
