using System.Text.Json;

namespace Mpp.Contracts.Packages;

/// <summary>An agency that takes part in the mall.</summary>
public sealed record AgencyDefinition
{
    /// <summary>Kebab-case, for example <c>civil-registry</c>. It is also the name of the agency's queue.</summary>
    public required string Code { get; init; }

    /// <summary>The agency's name for people.</summary>
    public required LocalizedText Name { get; init; }
}

/// <summary>
/// A service of an agency: what it needs, what it gives, how long it takes and what it costs (UU 25/2009 art. 21).
/// </summary>
public sealed record ServiceDefinition
{
    /// <summary><c>agency/service</c>, for example <c>civil-registry/birth-certificate</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The service's name for people.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>A JSON Schema (object) of the fields that the agency takes.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>A JSON Schema (object) of what it gives back for later steps.</summary>
    public required JsonElement Output { get; init; }

    /// <summary>
    /// For a service that confirms a person's identity: the field of <see cref="Input"/> with that person's NIK. In a
    /// precheck, no other agency is asked about a person whom this service has not confirmed.
    /// </summary>
    public string? Identifies { get; init; }

    /// <summary>What the agency asks for, by the codes that refusals and corrections name.</summary>
    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    /// <summary>The kinds of documents that it issues.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>
    /// The fee in whole rupiah; 0 when free. Where <see cref="Fees"/> lists several, the largest of them.
    /// </summary>
    public long FeeRupiah { get; init; }

    /// <summary>Where the fee is not always the same: each amount, and when it is taken.</summary>
    public IReadOnlyList<FeeItem> Fees { get; init; } = [];

    /// <summary>The law and rules that it rests on.</summary>
    public IReadOnlyList<string> LegalBasis { get; init; } = [];
}

/// <summary>One of several fees of a service.</summary>
/// <param name="Code">Unique in the service.</param>
/// <param name="Text">When it is taken, for people.</param>
/// <param name="AmountRupiah">In whole rupiah; 0 when free.</param>
public sealed record FeeItem(string Code, LocalizedText Text, long AmountRupiah);

/// <summary>A requirement of a service's published standard.</summary>
/// <param name="Code">Kebab-case, unique in the service.</param>
/// <param name="Text">The requirement for people.</param>
/// <param name="LegalBasis">The rule it rests on, where there is one.</param>
public sealed record Requirement(string Code, LocalizedText Text, string? LegalBasis = null);
