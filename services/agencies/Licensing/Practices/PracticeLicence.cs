using System.Text.Json.Serialization;
using Mpp.Licensing.Businesses;

namespace Mpp.Licensing.Practices;

/// <summary>Surat Izin Praktik: a health worker may practise at one place.</summary>
internal sealed class PracticeLicence
{
    public required string Number { get; init; }

    public required Nik HolderNik { get; init; }

    public required string HolderName { get; init; }

    public required Profession Profession { get; init; }

    public required string StrNumber { get; init; }

    public required string FacilityName { get; init; }

    public required string FacilityAddress { get; init; }

    /// <summary>Name and address as they are compared.</summary>
    public required string FacilityKey { get; init; }

    /// <summary>The holder's first, second or third place.</summary>
    public required int Place { get; init; }

    /// <summary>Of the health office.</summary>
    public required string RecommendationNumber { get; init; }

    public required RegionCode Region { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidUntil { get; init; }

    public required PermitStatus Status { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedReason { get; set; }

    /// <summary>The number of the licence that renewed it.</summary>
    public string? ReplacedBy { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

/// <summary>What somebody practises as.</summary>
[JsonConverter(typeof(KebabEnumConverter<Profession>))]
internal enum Profession
{
    Doctor,
    Dentist,
    Nurse,
    Midwife,
    Pharmacist,
}

internal sealed class PracticeLicenceMapping : IEntityTypeConfiguration<PracticeLicence>
{
    public void Configure(EntityTypeBuilder<PracticeLicence> licence)
    {
        const string inForce = "status = 'active'";
        licence.ToTable(table =>
        {
            table.HasCheckConstraint("ck_practice_licences_place", "place > 0");
            table.HasCheckConstraint("ck_practice_licences_validity", "valid_until > issued_on");
            table.HasCheckConstraint("ck_practice_licences_status", "status in ('active', 'revoked', 'replaced')");
            table.HasCheckConstraint(
                "ck_practice_licences_replaced", "(status = 'replaced') = (replaced_by is not null)");
            table.HasCheckConstraint("ck_practice_licences_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        licence.HasKey(l => l.Number);
        licence.Property(l => l.Number).HasMaxLength(64);
        licence.Property(l => l.HolderName).HasMaxLength(100);
        licence.Property(l => l.StrNumber).HasMaxLength(16);
        licence.Property(l => l.FacilityName).HasMaxLength(100);
        licence.Property(l => l.FacilityAddress).HasMaxLength(200);
        licence.Property(l => l.FacilityKey).HasMaxLength(301);
        licence.Property(l => l.RecommendationNumber).HasMaxLength(64);
        licence.Property(l => l.RevokedReason).HasMaxLength(64);
        licence.Property(l => l.ReplacedBy).HasMaxLength(64);
        licence.Property(l => l.StepId).HasMaxLength(64);
        licence.HasIndex(l => l.HolderNik);
        licence.HasIndex(l => l.RecommendationNumber).IsUnique().HasFilter(inForce);
        licence.HasIndex(l => new { l.ApplicationId, l.StepId }).IsUnique().HasFilter(inForce);
    }
}
