using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Mpp.Police.Skck;

/// <summary>What <c>police/skck</c> takes.</summary>
internal sealed record SkckInput
{
    public required Nik Nik { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required SkckPurpose Purpose { get; init; }

    /// <summary>As BPJS Kesehatan answered.</summary>
    public required JknStatus JknStatus { get; init; }

    /// <summary>
    /// A virtual account or the number of a REHAB instalment plan, from applicants whose JKN is not active.
    /// </summary>
    [StringLength(64, MinimumLength = 1)]
    public string? JknProof { get; init; }

    /// <summary>The regency of the identity card's address; asked for only where the domicile rule is on.</summary>
    public RegionCode? Domicile { get; init; }

    /// <summary>
    /// Of applicants without an identity card: the number of another document that shows who they are.
    /// </summary>
    [StringLength(64, MinimumLength = 1)]
    public string? IdentityDocument { get; init; }

    /// <summary>The number of the certificate that this one extends.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Extends { get; init; }

    /// <summary>Why nothing is to be paid.</summary>
    public FeeWaiver? FeeWaiver { get; init; }
}

/// <summary>The ground on which the fee is waived.</summary>
internal sealed record FeeWaiver
{
    public required FeeWaiverGround Ground { get; init; }

    /// <summary>The number of the letter that says so.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Proof { get; init; }
}

/// <summary>Who may pay nothing.</summary>
[JsonConverter(typeof(KebabEnumConverter<FeeWaiverGround>))]
internal enum FeeWaiverGround
{
    Poor,
    Student,
    MicroOrSmallBusiness,
}

/// <summary>What it gives back.</summary>
internal sealed record SkckOutput(string SkckNumber, SkckLevel Level, StatedRecord Record, DateOnly ValidUntil);

/// <summary>What the certificate states.</summary>
[JsonConverter(typeof(KebabEnumConverter<StatedRecord>))]
internal enum StatedRecord
{
    /// <summary>The police have no record of the holder.</summary>
    None,

    /// <summary>The police have one.</summary>
    OnFile,
}

/// <summary>What the certificate is for. It decides who issues.</summary>
[JsonConverter(typeof(KebabEnumConverter<SkckPurpose>))]
internal enum SkckPurpose
{
    PrivateEmployment,
    VillageOffice,
    School,
    CivilService,
    OverseasEmployment,
    PermanentResidence,
}

/// <summary>Who issues: sector, regency, province, national headquarters.</summary>
[JsonConverter(typeof(KebabEnumConverter<SkckLevel>))]
internal enum SkckLevel
{
    Polsek,
    Polres,
    Polda,
    Mabes,
}

/// <summary>State of the applicant's national health insurance.</summary>
[JsonConverter(typeof(KebabEnumConverter<JknStatus>))]
internal enum JknStatus
{
    Active,
    Inactive,
    NotRegistered,
}
