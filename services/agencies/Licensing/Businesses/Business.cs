using System.Text.Json.Serialization;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Businesses;

/// <summary>
/// A business actor with the NIB (Nomor Induk Berusaha). An actor has one (BKPM 4/2021 art. 18(2)); another line of
/// business, place or name comes under it as another activity.
/// </summary>
internal sealed class Business
{
    private readonly List<BusinessActivity> _activities = [];

    /// <summary>Thirteen digits, never given twice.</summary>
    public required string Nib { get; init; }

    public required Nik OwnerNik { get; init; }

    public required string OwnerName { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required PermitStatus Status { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedReason { get; set; }

    public IReadOnlyList<BusinessActivity> Activities => _activities;

    public void Add(BusinessActivity activity) => _activities.Add(activity);
}

/// <summary>What a business actor does under the NIB: a line of business under a name.</summary>
internal sealed class BusinessActivity
{
    public required Guid Id { get; init; }

    public required string Nib { get; init; }

    public required string BusinessName { get; init; }

    /// <summary>The name as it is compared.</summary>
    public required string BusinessNameKey { get; init; }

    public required string Kbli { get; init; }

    /// <summary>The risk of the line of business on the day it was registered.</summary>
    public required RiskLevel RiskLevel { get; init; }

    public required RegionCode Region { get; init; }

    public required DateOnly RegisteredOn { get; init; }

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

    /// <summary>A newer one of the same kind stands in its place.</summary>
    Replaced,
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

internal sealed class BusinessMapping
    : IEntityTypeConfiguration<Business>, IEntityTypeConfiguration<BusinessActivity>,
        IEntityTypeConfiguration<OwnerBlock>
{
    private const string InForce = "status = 'active'";

    public void Configure(EntityTypeBuilder<Business> business)
    {
        business.ToTable(table =>
        {
            table.HasCheckConstraint("ck_businesses_nib", "nib ~ '^[0-9]{13}$'");
            table.HasCheckConstraint("ck_businesses_status", "status in ('active', 'revoked')");
            table.HasCheckConstraint("ck_businesses_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        business.HasKey(b => b.Nib);
        business.Property(b => b.Nib).HasMaxLength(13);
        business.Property(b => b.OwnerName).HasMaxLength(100);
        business.Property(b => b.RevokedReason).HasMaxLength(64);
        // One for each actor; a revoked NIB keeps its number.
        business.HasIndex(b => b.OwnerNik).IsUnique().HasFilter(InForce);
        business.HasMany(b => b.Activities).WithOne().HasForeignKey(a => a.Nib).OnDelete(DeleteBehavior.Restrict);
        business.Navigation(b => b.Activities).UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<BusinessActivity> activity)
    {
        activity.ToTable("business_activities", table =>
        {
            table.HasCheckConstraint("ck_business_activities_kbli", "kbli ~ '^[0-9]{5}$'");
            table.HasCheckConstraint(
                "ck_business_activities_risk_level", "risk_level in ('low', 'medium-low', 'medium-high', 'high')");
            table.HasCheckConstraint("ck_business_activities_status", "status in ('active', 'revoked')");
            table.HasCheckConstraint(
                "ck_business_activities_revoked", "(status = 'revoked') = (revoked_at is not null)");
        });
        activity.HasKey(a => a.Id);
        activity.Property(a => a.Id).ValueGeneratedNever();
        activity.Property(a => a.BusinessName).HasMaxLength(100);
        activity.Property(a => a.BusinessNameKey).HasMaxLength(100);
        activity.Property(a => a.Kbli).HasMaxLength(5);
        activity.Property(a => a.RevokedReason).HasMaxLength(64);
        activity.Property(a => a.StepId).HasMaxLength(64);
        // A revoked activity frees the name.
        activity.HasIndex(a => new { a.Nib, a.Kbli, a.BusinessNameKey }).IsUnique().HasFilter(InForce);
        activity.HasIndex(a => new { a.ApplicationId, a.StepId }).IsUnique().HasFilter(InForce);
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
