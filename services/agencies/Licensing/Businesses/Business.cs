using System.Text.Json.Serialization;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Businesses;

/// <summary>A business with its NIB (Nomor Induk Berusaha).</summary>
internal sealed class Business
{
    /// <summary>Thirteen digits, never given twice.</summary>
    public required string Nib { get; init; }

    public required Nik OwnerNik { get; init; }

    public required string OwnerName { get; init; }

    public required string BusinessName { get; init; }

    /// <summary>The name as it is compared.</summary>
    public required string BusinessNameKey { get; init; }

    public required string Kbli { get; init; }

    /// <summary>The risk of its line of business on the day of issue.</summary>
    public required RiskLevel RiskLevel { get; init; }

    public required RegionCode Region { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required PermitStatus Status { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedReason { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

/// <summary>Whether what was issued still stands.</summary>
[JsonConverter(typeof(KebabEnumConverter<PermitStatus>))]
internal enum PermitStatus
{
    Active,
    Revoked,
}

/// <summary>
/// A person who may not register a business: for abuse of the system (PP 28/2025), or at the request of BPJS (TMP2T, PP
/// 86/2013).
/// </summary>
internal sealed class OwnerBlock
{
    public required Guid Id { get; init; }

    public required Nik Nik { get; init; }

    public required BlockGround Ground { get; init; }

    public required DateOnly BlockedOn { get; init; }

    /// <summary>The first day without it.</summary>
    public DateOnly? LiftedOn { get; init; }
}

/// <summary>Why an owner is blocked.</summary>
internal enum BlockGround
{
    /// <summary>Abuse of the licensing system.</summary>
    Abuse,

    /// <summary>Services withheld at the request of BPJS.</summary>
    BpjsSanction,
}

internal sealed class BusinessMapping : IEntityTypeConfiguration<Business>, IEntityTypeConfiguration<OwnerBlock>
{
    public void Configure(EntityTypeBuilder<Business> business)
    {
        const string standing = "status = 'active'";
        business.ToTable(table =>
        {
            table.HasCheckConstraint("ck_businesses_nib", "nib ~ '^[0-9]{13}$'");
            table.HasCheckConstraint("ck_businesses_kbli", "kbli ~ '^[0-9]{5}$'");
            table.HasCheckConstraint(
                "ck_businesses_risk_level", "risk_level in ('low', 'medium-low', 'medium-high', 'high')");
            table.HasCheckConstraint("ck_businesses_status", "status in ('active', 'revoked')");
            table.HasCheckConstraint("ck_businesses_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        business.HasKey(b => b.Nib);
        business.Property(b => b.Nib).HasMaxLength(13);
        business.Property(b => b.OwnerName).HasMaxLength(100);
        business.Property(b => b.BusinessName).HasMaxLength(100);
        business.Property(b => b.BusinessNameKey).HasMaxLength(100);
        business.Property(b => b.Kbli).HasMaxLength(5);
        business.Property(b => b.RevokedReason).HasMaxLength(64);
        business.Property(b => b.StepId).HasMaxLength(64);
        // A revoked NIB keeps its number and frees the name.
        business.HasIndex(b => new { b.OwnerNik, b.BusinessNameKey }).IsUnique().HasFilter(standing);
        business.HasIndex(b => new { b.ApplicationId, b.StepId }).IsUnique().HasFilter(standing);
    }

    public void Configure(EntityTypeBuilder<OwnerBlock> block)
    {
        block.ToTable(table =>
        {
            table.HasCheckConstraint("ck_owner_blocks_ground", "ground in ('abuse', 'bpjs-sanction')");
            table.HasCheckConstraint("ck_owner_blocks_lifted", "lifted_on >= blocked_on");
        });
        block.HasKey(b => b.Id);
        // One open block for each ground; past ones are kept.
        block.HasIndex(b => new { b.Nik, b.Ground }).IsUnique().HasFilter("lifted_on is null");
    }
}
