using System.Globalization;

namespace Mpp.CivilRegistry.Births;

/// <summary>
/// The last serial number given out for a district, birth date and sex: the first twelve digits of a NIK.
/// </summary>
internal sealed class NikSerial
{
    public required string Stem { get; init; }

    public required int LastSerial { get; init; }

    /// <summary>The first twelve digits of the NIK of somebody first registered in a district.</summary>
    /// <exception cref="ArgumentException">The region is not a district.</exception>
    public static string StemOf(RegionCode district, DateOnly birthDate, Sex sex)
    {
        var digits = district.Value.Replace(".", "", StringComparison.Ordinal);
        return digits.Length >= 6
            ? string.Create(CultureInfo.InvariantCulture,
                $"{digits[..6]}{birthDate.Day + (sex == Sex.Female ? 40 : 0):D2}{birthDate:MMyy}")
            : throw new ArgumentException("A NIK is given out in a district.", nameof(district));
    }

    public static Nik ToNik(string stem, int serial) =>
        Nik.Parse(string.Create(CultureInfo.InvariantCulture, $"{stem}{serial:D4}"));
}

internal sealed class NikSerialMapping : IEntityTypeConfiguration<NikSerial>
{
    public void Configure(EntityTypeBuilder<NikSerial> serial)
    {
        serial.ToTable("nik_serials", table => table.HasCheckConstraint(
            "ck_nik_serials_last_serial", "last_serial between 1 and 9999"));
        serial.HasKey(s => s.Stem);
        serial.Property(s => s.Stem).HasMaxLength(12).ValueGeneratedNever();
    }
}
