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
    /// <summary>Where the content belongs: <c>input</c>, or <c>steps/{step id}</c>.</summary>
    string Part { get; }

    JsonElement Content { get; }
}

internal sealed record ApplicationSubmitted(
    Guid Id, ApplicationNumber Number, string Package, int PackageVersion, RegionCode Region, string Channel, ImmutableArray<string> Steps) : TimelineEvent, IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.InputPart;
}

internal abstract record StepEvent(string Step) : TimelineEvent;

internal sealed record StepRequested(string Step, int Attempt, string Service, DateTimeOffset? DueAt, DateTimeOffset StallsAt) : StepEvent(Step);

internal sealed record StepTaken(string Step, int Attempt, string AgencyFileNumber, DateTimeOffset? ExpectedAt, DateTimeOffset StallsAt) : StepEvent(Step);

internal sealed record StepDone(string Step, int Attempt, ImmutableArray<IssuedDocument> Documents) : StepEvent(Step), IHoldsPersonalData
{
    [JsonIgnore]
    public JsonElement Content { get; init; }

    [JsonIgnore]
    public string Part => Dossier.StepPart(Step);
}

/// <summary>The agency refused. <c>FailsApplication</c>: nothing further is started because of it.</summary>
internal sealed record StepRefused(string Step, int Attempt, ImmutableArray<StepReason> Reasons, bool FailsApplication) : StepEvent(Step);

internal sealed record StepNeedsCorrection(string Step, int Attempt, ImmutableArray<StepReason> Items) : StepEvent(Step);

internal sealed record StepNeedsPayment(string Step, int Attempt, Fee Fee) : StepEvent(Step);

/// <summary>The step will not be done. <c>Because</c>: the refused step behind it.</summary>
internal sealed record StepSkipped(string Step, SkipReason Reason, string? Because) : StepEvent(Step);

internal sealed record StepStalled(string Step, int Attempt) : StepEvent(Step);

/// <summary>A reply that changed nothing: late, a duplicate, or of a step or attempt that nobody asked for.</summary>
internal sealed record ReplyIgnored(string Step, int Attempt, string Reply, IgnoredBecause Because) : StepEvent(Step);

/// <summary>The end. Only <see cref="ReplyIgnored"/> can follow.</summary>
internal sealed record ApplicationEnded(ApplicationStatus Status) : TimelineEvent;

[JsonConverter(typeof(KebabEnumConverter<SkipReason>))]
internal enum SkipReason
{
    /// <summary>Its condition does not hold. Steps that need it go on.</summary>
    NotApplicable,

    /// <summary>A step that it needs, directly or not, was refused.</summary>
    NeedRefused,

    /// <summary>The whole application was refused before the step was started.</summary>
    ApplicationRefused,
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
