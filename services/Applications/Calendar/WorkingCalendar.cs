using System.Collections.Frozen;

namespace Mpp.Applications.Calendar;

/// <summary>
/// The days on which a region's agencies work: Monday to Friday without national holidays and collective leave. It does
/// not change, and knows no clock. In a year that it does not cover only weekends are free.
/// </summary>
internal sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, ImmutableArray<DayOff>> _daysOff;

    /// <param name="years">The years that are covered.</param>
    /// <param name="daysOff">Their free days besides weekends.</param>
    public WorkingCalendar(IEnumerable<int> years, IEnumerable<DayOff> daysOff)
    {
        Years = [.. years];
        _daysOff = daysOff.GroupBy(d => d.Date).ToFrozenDictionary(d => d.Key, d => d.ToImmutableArray());
    }

    public static WorkingCalendar WeekendsOnly { get; } = new([], []);

    public ImmutableSortedSet<int> Years { get; }

    public bool IsWorkingDay(RegionCode region, DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !(_daysOff.TryGetValue(date, out var off) && off.Any(d => d.Holds(region)));

    /// <summary>
    /// The working day that comes so many working days after a date. The date is not counted, and need not be a working
    /// day.
    /// </summary>
    /// <param name="region">Whose days are counted.</param>
    /// <param name="date">Where to start.</param>
    /// <param name="days">0 gives the date itself.</param>
    public DateOnly AddWorkingDays(RegionCode region, DateOnly date, int days)
    {
        while (days > 0)
        {
            date = date.AddDays(1);
            days -= IsWorkingDay(region, date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>
    /// How many working days there are after the one date, up to and including the other; 0 when the other is not
    /// later.
    /// </summary>
    public int WorkingDaysBetween(RegionCode region, DateOnly after, DateOnly until)
    {
        var days = 0;
        for (var date = until; date > after; date = date.AddDays(-1))
        {
            days += IsWorkingDay(region, date) ? 1 : 0;
        }

        return days;
    }
}
