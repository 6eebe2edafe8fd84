using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Mpp.CivilRegistry.Births;

/// <summary>What <c>civil-registry/birth-certificate</c> takes.</summary>
internal sealed record BirthInput(
    // Permendagri 73/2022 art. 4: sixty letters at most.
    [property: Required, MaxLength(60)] string ChildName,
    Sex ChildSex,
    DateOnly BirthDate,
    [property: Required, MaxLength(100)] string BirthPlace,
    Nik MotherNik,
    Nik? FatherNik,
    [property: RegularExpression("^[0-9]{16}$")] string FamilyCardNumber,
    [property: Required, MaxLength(64)] string BirthLetterNumber,
    [property: Required, MaxLength(100)] string BirthLetterIssuer,
    [property: MinLength(1), MaxLength(64)] string? LateReportApproval)
{
    /// <summary>A letter, unless something else is said.</summary>
    public BirthLetterKind? BirthLetterKind { get; init; }

    /// <summary>Of a statement: two people who know of the birth.</summary>
    [MaxLength(4)]
    public IReadOnlyList<Nik>? BirthWitnesses { get; init; }

    /// <summary>Where the register does not have the parents as a couple.</summary>
    public MarriageProof? Marriage { get; init; }
}

/// <summary>What tells of the birth.</summary>
[JsonConverter(typeof(KebabEnumConverter<BirthLetterKind>))]
internal enum BirthLetterKind
{
    /// <summary>The letter of a hospital, midwife, captain or village head.</summary>
    Letter,

    /// <summary>The parents' own signed statement, form F-2.03.</summary>
    Statement,
}

/// <summary>What tells that the parents are married.</summary>
internal sealed record MarriageProof
{
    public required MarriageProofKind Proof { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string Number { get; init; }

    /// <summary>Of a statement: two people who know of the marriage.</summary>
    [MaxLength(4)]
    public IReadOnlyList<Nik>? Witnesses { get; init; }
}

/// <summary>A paper of a marriage.</summary>
[JsonConverter(typeof(KebabEnumConverter<MarriageProofKind>))]
internal enum MarriageProofKind
{
    /// <summary>Buku nikah, of the KUA.</summary>
    MarriageBook,

    /// <summary>Kutipan akta perkawinan, of the civil registry.</summary>
    MarriageCertificate,

    /// <summary>The couple's own signed statement, form F-2.04.</summary>
    Statement,
}

/// <summary>What it gives back.</summary>
internal sealed record BirthOutput(string ChildNik, string CertificateNumber);
