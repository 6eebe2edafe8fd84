using Mpp.Licensing.Businesses;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Certificates;

/// <summary>Sertifikat Standar: a business of medium risk meets the standards of its trade.</summary>
internal sealed class StandardCertificate
{
    public required string Number { get; init; }

    public required string Nib { get; init; }

    public required string Kbli { get; init; }

    public required RiskLevel RiskLevel { get; init; }

    /// <summary>
    /// By an officer, or by law when nobody answered in time; medium-low risk rests on the declaration alone.
    /// </summary>
    public required bool Verified { get; set; }

    public required DateOnly IssuedOn { get; init; }

    public required PermitStatus Status { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedReason { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class StandardCertificateMapping : IEntityTypeConfiguration<StandardCertificate>
{
    public void Configure(EntityTypeBuilder<StandardCertificate> certificate)
    {
        const string inForce = "status = 'active'";
        certificate.ToTable("standard_certificates", table =>
        {
            table.HasCheckConstraint(
                "ck_standard_certificates_risk_level", "risk_level in ('medium-low', 'medium-high')");
            table.HasCheckConstraint("ck_standard_certificates_status", "status in ('active', 'revoked')");
            table.HasCheckConstraint(
                "ck_standard_certificates_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        certificate.HasKey(c => c.Number);
        certificate.Property(c => c.Number).HasMaxLength(32);
        certificate.Property(c => c.Nib).HasMaxLength(13);
        certificate.Property(c => c.Kbli).HasMaxLength(5);
        certificate.Property(c => c.RevokedReason).HasMaxLength(64);
        certificate.Property(c => c.StepId).HasMaxLength(64);
        certificate.HasOne<Business>().WithMany().HasForeignKey(c => c.Nib).OnDelete(DeleteBehavior.Restrict);
        certificate.HasIndex(c => new { c.Nib, c.Kbli }).IsUnique().HasFilter(inForce);
        certificate.HasIndex(c => new { c.ApplicationId, c.StepId }).IsUnique().HasFilter(inForce);
    }
}
