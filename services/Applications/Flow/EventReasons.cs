namespace Mpp.Applications.Flow;

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
