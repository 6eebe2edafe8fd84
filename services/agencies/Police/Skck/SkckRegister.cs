namespace Mpp.Police.Skck;

/// <summary>An issued certificate in a unit's register.</summary>
internal sealed class SkckCertificate
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Unit { get; init; }

    /// <summary>First day of the month of the register.</summary>
    public required DateOnly Month { get; init; }

    public required int Serial { get; init; }

    public required Nik HolderNik { get; init; }

    public required string HolderName { get; init; }

    public required DateOnly HolderBirthDate { get; init; }

    public required SkckPurpose Purpose { get; init; }

    public required SkckLevel Level { get; init; }

    /// <summary>Whether the certificate states that the police have a record of the holder.</summary>
    public required bool StatesRecord { get; init; }

    /// <summary>The number of the certificate that it extends.</summary>
    public string? Extends { get; init; }

    /// <summary>Of a holder without an identity card.</summary>
    public string? IdentityDocument { get; init; }

    public required JknStatus JknStatus { get; init; }

    public string? JknProof { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly ValidUntil { get; init; }

    /// <summary>What was paid; where nothing is collected, the tariff of the day of issue.</summary>
    public required long FeeRupiah { get; init; }

    /// <summary>Whether the fee was collected.</summary>
    public bool FeeCollected { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class SkckRegisterMapping : IEntityTypeConfiguration<SkckCertificate>
{
    public void Configure(EntityTypeBuilder<SkckCertificate> certificate)
    {
        certificate.ToTable("skck", table =>
        {
            table.HasCheckConstraint("ck_skck_serial", "serial > 0");
            table.HasCheckConstraint("ck_skck_validity", "valid_until > issued_on");
            table.HasCheckConstraint("ck_skck_month", "month = date_trunc('month', issued_on)::date");
            table.HasCheckConstraint("ck_skck_fee", "fee_rupiah >= 0");
        });
        certificate.HasKey(c => c.Id);
        certificate.Property(c => c.Number).HasMaxLength(64);
        certificate.Property(c => c.Unit).HasMaxLength(32);
        certificate.Property(c => c.HolderName).HasMaxLength(100);
        certificate.Property(c => c.JknProof).HasMaxLength(64);
        certificate.Property(c => c.Extends).HasMaxLength(64);
        certificate.Property(c => c.IdentityDocument).HasMaxLength(64);
        certificate.Property(c => c.StepId).HasMaxLength(64);
        certificate.HasIndex(c => c.Number).IsUnique();
        certificate.HasIndex(c => new { c.Unit, c.Month, c.Serial }).IsUnique();
        certificate.HasIndex(c => new { c.ApplicationId, c.StepId }).IsUnique();
        certificate.HasIndex(c => c.HolderNik);
    }
}
