namespace Mpp.Applications.Calendar;

/// <summary>Why no work is done on a day. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<DayOffKind>))]
internal enum DayOffKind
{
    /// <summary>Hari libur nasional (Keppres 8/2024), or a holiday of some regions.</summary>
    NationalHoliday,

    /// <summary>Cuti bersama: leave that all civil servants take on the same day.</summary>
    CollectiveLeave,
}

/// <summary>What makes a day free.</summary>
/// <param name="Number">The joint decree of three ministers (SKB), or the decree of a region's head.</param>
/// <param name="InForceFrom">The day on which it was signed, from which it holds; not after the day that
/// it makes free.</param>
internal sealed record Decree(string Number, DateOnly InForceFrom);

/// <summary>A day on which agencies do not work, besides Saturdays and Sundays.</summary>
/// <param name="Date">The day, in each region's own time. A weekend day is allowed: decrees name them.</param>
/// <param name="Kind">Why.</param>
/// <param name="Name">As the decree calls it.</param>
/// <param name="Regions">Where it is free, with all that lies in these regions; <see langword="null"/> for the whole
/// country.</param>
/// <param name="Decree">Its decree, where that is not the decree of the file.</param>
internal sealed record DayOff(
    DateOnly Date, DayOffKind Kind, string Name, IReadOnlyList<RegionCode>? Regions = null, Decree? Decree = null)
{
    public bool Holds(RegionCode region) => Regions is null || Regions.Any(r => r.Contains(region));
}
