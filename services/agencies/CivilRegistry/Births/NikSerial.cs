using System.Globalization;

namespace Mpp.CivilRegistry.Births;

/// <summary>
/// The last four digits of a NIK: a serial number within district, birth date and sex, which the first twelve say.
/// </summary>
internal static class NikSerial
{
    /// <summary>Their series begin with it, and end with the first twelve digits.</summary>
    public const string Series = "nik/";

    private const int Last = 9_999;

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

    /// <summary>A NIK that nobody has, for a child whose birth a step registers.</summary>
    /// <exception cref="InvalidOperationException">The district has given out all of them.</exception>
    public static async Task<Nik> NextAsync(
        SerialNumbers numbers, string stem, StepRef step, CancellationToken cancellationToken)
    {
        var serial = await numbers.TakeAsync(Series + stem, step, cancellationToken);
        return serial <= Last
            ? Nik.Parse(string.Create(CultureInfo.InvariantCulture, $"{stem}{serial:D4}"))
            : throw new InvalidOperationException($"There are no more NIKs that begin with {stem}.");
    }
}
