namespace Mpp.Applications.Reading;

/// <summary>
/// A moment in words, in the time of a region. A day that ends at midnight is named, not the next one.
/// </summary>
internal static class DateWords
{
    private static readonly string[] Indonesians =
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
            "November", "Desember"];

    private static readonly string[] Englishes =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December"];

    /// <summary>For example <c>27 November 2026 pukul 23.59 WITA</c>.</summary>
    public static string Indonesian(DateTimeOffset moment, RegionCode region)
    {
        var (local, zone) = Local(moment, region);
        return string.Create(CultureInfo.InvariantCulture,
            $"{local.Day} {Indonesians[local.Month - 1]} {local.Year} pukul {local:HH.mm} {zone}");
    }

    /// <summary>For example <c>27 November 2026, 23:59 WITA</c>.</summary>
    public static string English(DateTimeOffset moment, RegionCode region)
    {
        var (local, zone) = Local(moment, region);
        return string.Create(CultureInfo.InvariantCulture,
            $"{local.Day} {Englishes[local.Month - 1]} {local.Year}, {local:HH:mm} {zone}");
    }

    private static (DateTime Local, string Zone) Local(DateTimeOffset moment, RegionCode region)
    {
        var local = TimeZoneInfo.ConvertTime(moment, region.TimeZone());
        var zone = local.Offset.Hours switch { 7 => "WIB", 8 => "WITA", _ => "WIT" };
        return (local.TimeOfDay == TimeSpan.Zero ? local.DateTime.AddMinutes(-1) : local.DateTime, zone);
    }
}
