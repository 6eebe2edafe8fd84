using System.Text.Json.Serialization;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Newborns;

/// <summary>The enrolment of a newborn. The baby's NIK, once it has one, is stored with its participant.</summary>
internal sealed class NewbornEnrolment
{
    public required Guid Id { get; init; }

    public required string MembershipNumber { get; init; }

    public Participant? Participant { get; init; }

    public required Nik MotherNik { get; init; }

    public required string ChildName { get; init; }

    /// <summary>The name as it is compared.</summary>
    public required string ChildNameKey { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string BirthLetterNumber { get; init; }

    public required string FamilyCardNumber { get; init; }

    public required EnrolmentStatus Status { get; set; }

    public required DateOnly EnrolledOn { get; init; }

    /// <summary>Last day to pay the first premium; none when the state pays.</summary>
    public DateOnly? PremiumDueOn { get; init; }

    /// <summary>Last day to report the baby's NIK.</summary>
    public required DateOnly NikDueOn { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnReason { get; set; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

/// <summary>State of an enrolment.</summary>
[JsonConverter(typeof(KebabEnumConverter<EnrolmentStatus>))]
internal enum EnrolmentStatus
{
    Active,
    AwaitingPremium,

    /// <summary>Older than three months: it is enrolled when its NIK comes. No row has this status.</summary>
    AwaitingNik,
    Withdrawn,
}

internal sealed class NewbornEnrolmentMapping : IEntityTypeConfiguration<NewbornEnrolment>
{
    public void Configure(EntityTypeBuilder<NewbornEnrolment> enrolment)
    {
        const string inForce = "status <> 'withdrawn'";
        enrolment.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_newborn_enrolments_status", "status in ('active', 'awaiting-premium', 'withdrawn')");
            table.HasCheckConstraint(
                "ck_newborn_enrolments_premium", "status <> 'awaiting-premium' or premium_due_on is not null");
            table.HasCheckConstraint(
                "ck_newborn_enrolments_withdrawn", "(status = 'withdrawn') = (withdrawn_at is not null)");
        });
        enrolment.HasKey(e => e.Id);
        enrolment.HasOne(e => e.Participant)
            .WithOne().HasForeignKey<NewbornEnrolment>(e => e.MembershipNumber).OnDelete(DeleteBehavior.Restrict);
        enrolment.Property(e => e.MembershipNumber).HasMaxLength(13);
        enrolment.Property(e => e.ChildName).HasMaxLength(60);
        enrolment.Property(e => e.ChildNameKey).HasMaxLength(60);
        enrolment.Property(e => e.BirthLetterNumber).HasMaxLength(64);
        enrolment.Property(e => e.FamilyCardNumber).HasMaxLength(16);
        enrolment.Property(e => e.WithdrawnReason).HasMaxLength(64);
        enrolment.Property(e => e.StepId).HasMaxLength(64);
        // Twins have letters and names of their own; a withdrawn enrolment does not block another.
        enrolment.HasIndex(e => new { e.MotherNik, e.BirthLetterNumber }).IsUnique().HasFilter(inForce);
        enrolment.HasIndex(e => new { e.MotherNik, e.BirthDate, e.ChildNameKey }).IsUnique().HasFilter(inForce);
        enrolment.HasIndex(e => new { e.ApplicationId, e.StepId }).IsUnique().HasFilter(inForce);
    }
}
