using Mpp.Licensing.Businesses;

namespace Mpp.Licensing.Licences;

/// <summary>Izin: a business of high risk may operate.</summary>
internal sealed class BusinessLicence
{
    public required string Number { get; init; }

    public required string Nib { get; init; }

    public required string Kbli { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required PermitStatus Status { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedReason { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class BusinessLicenceMapping : IEntityTypeConfiguration<BusinessLicence>
{
    public void Configure(EntityTypeBuilder<BusinessLicence> licence)
    {
        const string inForce = "status = 'active'";
        licence.ToTable("business_licences", table =>
        {
            table.HasCheckConstraint("ck_business_licences_status", "status in ('active', 'revoked')");
            table.HasCheckConstraint("ck_business_licences_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        licence.HasKey(l => l.Number);
        licence.Property(l => l.Number).HasMaxLength(32);
        licence.Property(l => l.Nib).HasMaxLength(13);
        licence.Property(l => l.Kbli).HasMaxLength(5);
        licence.Property(l => l.RevokedReason).HasMaxLength(64);
        licence.Property(l => l.StepId).HasMaxLength(64);
        licence.HasOne<Business>().WithMany().HasForeignKey(l => l.Nib).OnDelete(DeleteBehavior.Restrict);
        licence.HasIndex(l => new { l.Nib, l.Kbli }).IsUnique().HasFilter(inForce);
    }
}
