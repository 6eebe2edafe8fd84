using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mpp.Contracts.Packages;

/// <summary>
/// A package of services for one event in life, as data: what the applicant gives, and which agency does what, after
/// what, with which fields. A version never changes once it is published; an application stays on the version it was
/// submitted under.
/// </summary>
public sealed record PackageDefinition
{
    /// <summary>Kebab-case, for example <c>job-seeker</c>.</summary>
    public required string Code { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The package's name for people.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>One or two sentences for people: what the applicant has in hand at the end.</summary>
    public required LocalizedText Description { get; init; }

    /// <summary>
    /// A JSON Schema (an object schema with <c>additionalProperties: false</c>) of what the applicant gives.
    /// </summary>
    public required JsonElement Input { get; init; }

    /// <summary>
    /// What a form calls each field of <see cref="Input"/>: JSON Pointer of the field in the applicant's input, for
    /// example <c>/child/birthDate</c> → its label. Every field that is no object has one. They stand beside the
    /// schema, because a schema's <c>title</c> has room for one language only.
    /// </summary>
    public IReadOnlyDictionary<string, LocalizedText> Labels { get; init; } =
        new Dictionary<string, LocalizedText>(StringComparer.Ordinal);

    /// <summary>
    /// The people whose application it is: JSON Pointers <c>/input/…</c> to NIKs. Whoever takes the application over in
    /// another channel proves by naming the NIK that they act for one of these people.
    /// </summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>How long the mall keeps the personal data of an application that has ended.</summary>
    public required Retention Retention { get; init; }

    /// <summary>At least one step. Their order has no meaning; <see cref="StepDefinition.Needs"/> has.</summary>
    public required IReadOnlyList<StepDefinition> Steps { get; init; }
}

/// <summary>
/// How long personal data are kept. What is no longer needed, or whose time in the archive schedule (jadwal retensi
/// arsip) is over, is erased (UU 27/2022 art. 43 and 44). The schedule is the agencies', so the figure is data.
/// </summary>
/// <param name="Days">
/// Calendar days after the day on which the application ended; 1–36,500. The last one counts to its end, in the
/// region's time.
/// </param>
public sealed record Retention(int Days);

/// <summary>One step of a package: one service of one agency.</summary>
public sealed record StepDefinition
{
    /// <summary>Kebab-case, unique in the package.</summary>
    public required string Id { get; init; }

    /// <summary>The service that does it, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>
    /// The ids of the steps that must be over first: completed, deemed granted, or skipped because they do not apply.
    /// </summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// The step applies only when this holds; without it the step always applies. Judged once, when all needs are over.
    /// </summary>
    public StepCondition? When { get; init; }

    /// <summary>
    /// Field of the agency's input → where its value is: a JSON Pointer (RFC 6901) <c>/input/…</c> into what the
    /// applicant gave, or <c>/steps/{step id}/…</c> into the outputs of a step among the needs, direct or indirect.
    /// Only these fields reach the agency. A pointer to nothing leaves the field out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When the step must be done; without it the coordinator only watches for stalled steps.</summary>
    public StepDeadline? Deadline { get; init; }

    /// <summary>What a refusal does to the rest; a step that lapsed counts as refused.</summary>
    public OnRefused OnRefused { get; init; }

    /// <summary>How often and how long the applicant may correct.</summary>
    public CorrectionRule Corrections { get; init; } = new(3, 30);

    /// <summary>Whether the agency can cancel it.</summary>
    public bool Compensable { get; init; }

    /// <summary>
    /// Once this step is completed, the application only goes forward. At most one step of a package.
    /// </summary>
    public bool Pivot { get; init; }
}

/// <summary>
/// A condition on the applicant's input or on earlier outputs. Exactly one of <see cref="All"/>, <see cref="Any"/>,
/// <see cref="Not"/> and <see cref="Value"/> is given; with <see cref="Value"/>, exactly one test. A pointer to nothing
/// makes every test but <see cref="Exists"/> false.
/// </summary>
public sealed record StepCondition
{
    /// <summary>All of these hold.</summary>
    public IReadOnlyList<StepCondition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    public IReadOnlyList<StepCondition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    public StepCondition? Not { get; init; }

    /// <summary>A JSON Pointer as in <see cref="StepDefinition.Inputs"/>.</summary>
    public string? Value { get; init; }

    /// <summary>The value is one of these (deep equality).</summary>
    public IReadOnlyList<JsonElement>? OneOf { get; init; }

    /// <summary>The value is a number and at least this.</summary>
    public decimal? AtLeast { get; init; }

    /// <summary>Whether there is a value that is not null.</summary>
    public bool? Exists { get; init; }
}

/// <summary>How long an agency has for a step.</summary>
/// <param name="Duration">More than 0.</param>
/// <param name="Unit">What the duration counts.</param>
/// <param name="OnLapse">What happens when it is over.</param>
/// <param name="WarnAtShareLeft">An operator is warned when this share of the time is left; between 0 and
/// 1, both excluded.</param>
public sealed record StepDeadline(int Duration, DeadlineUnit Unit, OnLapse OnLapse, double WarnAtShareLeft = 0.25);

/// <summary>
/// How often and how long the applicant may correct a step. Past either limit the step lapses: it is withdrawn from the
/// agency.
/// </summary>
/// <param name="MaxRounds">Corrections that the agency may ask for; 1–10. It must grant or refuse
/// after the last.</param>
/// <param name="WaitDays">Calendar days that the applicant has for each; 1–366.</param>
public sealed record CorrectionRule(int MaxRounds, int WaitDays);

/// <summary>What a duration counts. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<DeadlineUnit>))]
public enum DeadlineUnit
{
    /// <summary>Minutes on the clock.</summary>
    Minutes,
    /// <summary>Days without weekends, national holidays and collective leave of the region.</summary>
    WorkingDays,
    /// <summary>Days as the calendar has them.</summary>
    CalendarDays,
}

/// <summary>What the lapse of a deadline does. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<OnLapse>))]
public enum OnLapse
{
    /// <summary>An operator is told.</summary>
    Escalate,
    /// <summary>The application counts as granted (UU 30/2014 art. 53).</summary>
    DeemGranted,
}

/// <summary>What a refused step does to the application. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<OnRefused>))]
public enum OnRefused
{
    /// <summary>The whole application is refused.</summary>
    FailApplication,
    /// <summary>Only the steps that need it, directly or not, are skipped.</summary>
    SkipDependents,
}
