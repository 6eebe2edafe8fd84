namespace Mpp.Police.LossReports;

/// <summary>Surat Keterangan Tanda Lapor Kehilangan: somebody reported that things were lost.</summary>
internal sealed class LossReport
{
    public required string Number { get; init; }

    public required Nik ReporterNik { get; init; }

    public required string ReporterName { get; init; }

    public required DateOnly LostOn { get; init; }

    public required string LostAt { get; init; }

    public required bool IdentityCard { get; init; }

    public required bool MembershipCard { get; init; }

    public required bool DrivingLicence { get; init; }

    /// <summary>Anything else.</summary>
    public string? Others { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidUntil { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class LossReportMapping : IEntityTypeConfiguration<LossReport>
{
    public void Configure(EntityTypeBuilder<LossReport> report)
    {
        report.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_loss_reports_lost", "identity_card or membership_card or driving_licence or others is not null");
            table.HasCheckConstraint("ck_loss_reports_lost_on", "lost_on <= issued_on");
        });
        report.HasKey(r => r.Number);
        report.Property(r => r.Number).HasMaxLength(64);
        report.Property(r => r.ReporterName).HasMaxLength(100);
        report.Property(r => r.LostAt).HasMaxLength(200);
        report.Property(r => r.Others).HasMaxLength(200);
        report.Property(r => r.StepId).HasMaxLength(64);
        report.HasIndex(r => new { r.ApplicationId, r.StepId }).IsUnique();
    }
}
