namespace Mpp.Bpjs.Employers;

/// <summary>An employer registered with BPJS Ketenagakerjaan.</summary>
internal sealed class Employer
{
    /// <summary>Nomor Pendaftaran Perusahaan.</summary>
    public required string NppNumber { get; init; }

    public required string Nib { get; init; }

    public required string BusinessName { get; init; }

    public required Nik OwnerNik { get; init; }

    /// <summary>As declared at registration.</summary>
    public required int Workers { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

/// <summary>
/// A person from whom others withhold public services at the request of BPJS (TMP2T, UU 24/2011 art. 17, PP 86/2013
/// art. 9), after two warnings and a fine. BPJS withholds nothing itself.
/// </summary>
internal sealed class Sanction
{
    public required Guid Id { get; init; }

    public required Nik Nik { get; init; }

    public required string LetterNumber { get; init; }

    public required DateOnly ImposedOn { get; init; }

    /// <summary>When the person registered as an employer, which ended the ground of the sanction.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The first day without it.</summary>
    public DateOnly? LiftedOn { get; init; }
}

internal sealed class EmployerMapping : IEntityTypeConfiguration<Employer>, IEntityTypeConfiguration<Sanction>
{
    public void Configure(EntityTypeBuilder<Employer> employer)
    {
        employer.ToTable(table =>
        {
            table.HasCheckConstraint("ck_employers_npp_number", "npp_number ~ '^[0-9]{8,12}$'");
            table.HasCheckConstraint("ck_employers_nib", "nib ~ '^[0-9]{13}$'");
            table.HasCheckConstraint("ck_employers_workers", "workers > 0");
        });
        employer.HasKey(e => e.NppNumber);
        employer.Property(e => e.NppNumber).HasMaxLength(12);
        employer.Property(e => e.Nib).HasMaxLength(13);
        employer.Property(e => e.BusinessName).HasMaxLength(100);
        employer.Property(e => e.StepId).HasMaxLength(64);
        employer.HasIndex(e => e.Nib).IsUnique();
        employer.HasIndex(e => new { e.ApplicationId, e.StepId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Sanction> sanction)
    {
        sanction.ToTable(table => table.HasCheckConstraint("ck_sanctions_lifted", "lifted_on >= imposed_on"));
        sanction.HasKey(s => s.Id);
        sanction.Property(s => s.LetterNumber).HasMaxLength(64);
        sanction.HasIndex(s => s.LetterNumber).IsUnique();
        sanction.HasIndex(s => s.Nik);
    }
}
