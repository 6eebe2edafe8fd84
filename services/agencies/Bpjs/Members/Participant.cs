using System.Text.Json.Serialization;

namespace Mpp.Bpjs.Members;

/// <summary>A participant of the national health insurance (JKN).</summary>
internal sealed class Participant
{
    /// <summary>Thirteen digits.</summary>
    public required string MembershipNumber { get; init; }

    /// <summary><see langword="null"/> only for a newborn whose NIK is not reported yet.</summary>
    public Nik? Nik { get; set; }

    public required Segment Segment { get; init; }

    public required ParticipantStatus Status { get; set; }

    /// <summary>Why there is no cover; set exactly when inactive.</summary>
    public string? InactiveReason { get; set; }
}

/// <summary>Whether there is cover.</summary>
internal enum ParticipantStatus
{
    Active,
    Inactive,
}

/// <summary>
/// Who pays (Perpres 82/2018): the state, employer and worker, the member, the member who does not work.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Segment>))]
internal enum Segment
{
    [JsonStringEnumMemberName("PBI")]
    Pbi,

    [JsonStringEnumMemberName("PPU")]
    Ppu,

    [JsonStringEnumMemberName("PBPU")]
    Pbpu,

    [JsonStringEnumMemberName("BP")]
    Bp,
}

internal sealed class ParticipantMapping : IEntityTypeConfiguration<Participant>
{
    public void Configure(EntityTypeBuilder<Participant> participant)
    {
        participant.ToTable(table =>
        {
            table.HasCheckConstraint("ck_participants_membership_number", "membership_number ~ '^[0-9]{13}$'");
            table.HasCheckConstraint("ck_participants_segment", "segment in ('pbi', 'ppu', 'pbpu', 'bp')");
            table.HasCheckConstraint("ck_participants_status", "status in ('active', 'inactive')");
            table.HasCheckConstraint("ck_participants_reason", "(status = 'inactive') = (inactive_reason is not null)");
        });
        participant.HasKey(p => p.MembershipNumber);
        participant.Property(p => p.MembershipNumber).HasMaxLength(13);
        participant.Property(p => p.InactiveReason).HasMaxLength(64);
        participant.HasIndex(p => p.Nik).IsUnique();
    }
}
