using System.Text.Json.Serialization;

namespace Mpp.Health.Registrations;

/// <summary>A health worker's Surat Tanda Registrasi, as the council keeps it (UU 17/2023 art. 260).</summary>
internal sealed class Registration
{
    /// <summary>Two letters and fourteen digits, or sixteen digits.</summary>
    public required string StrNumber { get; init; }

    public required Nik Nik { get; init; }

    public required Profession Profession { get; init; }

    public required RegistrationState State { get; set; }

    /// <summary>None for citizens, whose registration is for life; foreigners have two years.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>
    /// Whether the professional credits (SKP) of the last five years are enough to renew a practice licence.
    /// </summary>
    public required bool EnoughCredits { get; set; }
}

/// <summary>What somebody is registered as.</summary>
[JsonConverter(typeof(KebabEnumConverter<Profession>))]
internal enum Profession
{
    Doctor,
    Dentist,
    Nurse,
    Midwife,
    Pharmacist,
}

/// <summary>Whether a registration stands.</summary>
internal enum RegistrationState
{
    Active,
    Suspended,
    Revoked,
}

internal sealed class RegistrationMapping : IEntityTypeConfiguration<Registration>
{
    public void Configure(EntityTypeBuilder<Registration> registration)
    {
        registration.ToTable(table =>
        {
            table.HasCheckConstraint("ck_registrations_str_number", "str_number ~ '^([A-Z]{2}[0-9]{14}|[0-9]{16})$'");
            table.HasCheckConstraint("ck_registrations_state", "state in ('active', 'suspended', 'revoked')");
        });
        registration.HasKey(r => r.StrNumber);
        registration.Property(r => r.StrNumber).HasMaxLength(16);
        registration.HasIndex(r => r.Nik).IsUnique();
    }
}
