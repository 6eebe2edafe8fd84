namespace Mpp.Contracts;

/// <summary>
/// Local time of a region. Indonesia has three time zones (Keppres 41/1987), none with summer time. When an agency
/// issues a document, counts an age or ends a term, the day is that of its region.
/// </summary>
public static class RegionTime
{
    private static readonly TimeZoneInfo Western = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");
    private static readonly TimeZoneInfo Central = TimeZoneInfo.FindSystemTimeZoneById("Asia/Makassar");
    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jayapura");

    /// <summary>
    /// The time zone of the region's province: WIB, WITA or WIT. A province that is not in the list counts as WIB, the
    /// capital's.
    /// </summary>
    /// <param name="region">Any region.</param>
    public static TimeZoneInfo TimeZone(this RegionCode region) => region.Province.Value switch
    {
        // Bali, both Nusa Tenggara; South, East and North Kalimantan; all of Sulawesi.
        "51" or "52" or "53" or "63" or "64" or "65" or "71" or "72" or "73" or "74" or "75" or "76" => Central,
        // Maluku and Papua, the provinces of 2022 included.
        "81" or "82" or "91" or "92" or "93" or "94" or "95" or "96" => Eastern,
        _ => Western,
    };

    /// <summary>The day that it is in a region.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="region">Any region.</param>
    public static DateOnly Today(this TimeProvider time, RegionCode region) => region.DayOf(time.GetUtcNow());

    /// <summary>The day of a moment, in a region.</summary>
    /// <param name="region">Any region.</param>
    /// <param name="moment">The moment.</param>
    public static DateOnly DayOf(this RegionCode region, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, region.TimeZone()).DateTime);
}
