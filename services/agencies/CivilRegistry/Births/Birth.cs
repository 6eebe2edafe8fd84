using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.Births;

/// <summary>An entry in the register of births, and the certificate issued on it.</summary>
internal sealed class Birth
{
    /// <summary>Of the kutipan akta kelahiran, for example <c>7402-LU-22112026-0001</c>.</summary>
    public required string CertificateNumber { get; init; }

    public required Nik ChildNik { get; init; }

    public required Nik MotherNik { get; init; }

    public Nik? FatherNik { get; init; }

    /// <summary>Of the surat keterangan lahir.</summary>
    public required string LetterNumber { get; init; }

    /// <summary>Hospital, midwife, captain or village head.</summary>
    public required string LetterIssuer { get; init; }

    /// <summary>Issuer and number as they are compared: one letter, one certificate.</summary>
    public required string LetterKey { get; init; }

    public required BirthLetterKind LetterKind { get; init; }

    /// <summary>None where the register had the parents as a couple, or no father is named.</summary>
    public MarriageProofKind? MarriageProof { get; init; }

    public string? MarriageProofNumber { get; init; }

    /// <summary>The approval of a late report.</summary>
    public string? LateReportApproval { get; init; }

    public required RegionCode Region { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>The application it came with.</summary>
    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }

    public static string KeyOf(string issuer, string number) =>
        $"{TextKey.Of(issuer)}/{TextKey.Of(number)}";
}

internal sealed class BirthMapping : IEntityTypeConfiguration<Birth>
{
    public void Configure(EntityTypeBuilder<Birth> birth)
    {
        birth.HasKey(b => b.CertificateNumber);
        birth.Property(b => b.CertificateNumber).HasMaxLength(32).ValueGeneratedNever();
        birth.Property(b => b.LetterNumber).HasMaxLength(64);
        birth.Property(b => b.LetterIssuer).HasMaxLength(100);
        birth.Property(b => b.LetterKey).HasMaxLength(165);
        birth.Property(b => b.LateReportApproval).HasMaxLength(64);
        birth.Property(b => b.MarriageProofNumber).HasMaxLength(64);
        birth.Property(b => b.StepId).HasMaxLength(64);
        birth.HasIndex(b => b.LetterKey).IsUnique();
        birth.HasIndex(b => new { b.ApplicationId, b.StepId }).IsUnique();
        birth.HasIndex(b => b.ChildNik).IsUnique();
        birth.HasOne<Person>().WithMany().HasForeignKey(b => b.ChildNik).OnDelete(DeleteBehavior.Restrict);
        birth.HasOne<Person>().WithMany().HasForeignKey(b => b.MotherNik).OnDelete(DeleteBehavior.Restrict);
        birth.HasOne<Person>().WithMany().HasForeignKey(b => b.FatherNik).OnDelete(DeleteBehavior.Restrict);
    }
}
