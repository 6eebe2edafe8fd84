using Mpp.Health.Registrations;

namespace Mpp.Health.Recommendations;

/// <summary>The health office's recommendation of one practice at one place.</summary>
internal sealed class Recommendation
{
    public required string Number { get; init; }

    public required Nik Nik { get; init; }

    public required string StrNumber { get; init; }

    public required Profession Profession { get; init; }

    public required string FacilityName { get; init; }

    /// <summary>The name as it is compared.</summary>
    public required string FacilityKey { get; init; }

    public required string FacilityLetterNumber { get; init; }

    public required RegionCode Region { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>Until when a licence can be applied for with it.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The licence that was issued on it.</summary>
    public string? LicenceNumber { get; set; }

    /// <summary>The last day of the licence.</summary>
    public DateOnly? LicenceValidUntil { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnReason { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class RecommendationMapping : IEntityTypeConfiguration<Recommendation>
{
    public void Configure(EntityTypeBuilder<Recommendation> recommendation)
    {
        const string inForce = "withdrawn_at is null";
        recommendation.ToTable(table =>
        {
            table.HasCheckConstraint("ck_recommendations_validity", "valid_until > issued_on");
            table.HasCheckConstraint(
                "ck_recommendations_licence", "(licence_number is null) = (licence_valid_until is null)");
        });
        recommendation.HasKey(r => r.Number);
        recommendation.Property(r => r.Number).HasMaxLength(64);
        recommendation.Property(r => r.StrNumber).HasMaxLength(16);
        recommendation.Property(r => r.FacilityName).HasMaxLength(100);
        recommendation.Property(r => r.FacilityKey).HasMaxLength(100);
        recommendation.Property(r => r.LicenceNumber).HasMaxLength(64);
        recommendation.Property(r => r.FacilityLetterNumber).HasMaxLength(64);
        recommendation.Property(r => r.WithdrawnReason).HasMaxLength(64);
        recommendation.Property(r => r.StepId).HasMaxLength(64);
        recommendation.HasOne<Registration>()
            .WithMany().HasForeignKey(r => r.StrNumber).OnDelete(DeleteBehavior.Restrict);
        recommendation.HasIndex(r => new { r.ApplicationId, r.StepId }).IsUnique().HasFilter(inForce);
        recommendation.HasIndex(r => new { r.Region, r.Profession }).HasFilter(inForce);
    }
}
