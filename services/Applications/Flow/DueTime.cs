using Mpp.Contracts;
using Mpp.Contracts.Packages;

namespace Mpp.Applications.Flow;

/// <summary>
/// When a step must be done. Days are counted as the law counts them: the day on which the clock starts is not counted, and the
/// last day counts to its end, in the region's time. Working days leave out weekends.
/// </summary>
internal static class DueTime
{
    public static DateTimeOffset? Of(StepDeadline? deadline, RegionCode region, DateTimeOffset start) => deadline switch
    {
        null => null,
        { Unit: DeadlineUnit.Minutes } => start.AddMinutes(deadline.Duration),
        { Unit: DeadlineUnit.CalendarDays } => EndOf(LocalDate(region, start).AddDays(deadline.Duration), region),
        { Unit: DeadlineUnit.WorkingDays } => EndOf(AddWorkingDays(LocalDate(region, start), deadline.Duration), region),
        _ => throw new ArgumentOutOfRangeException(nameof(deadline), deadline.Unit, "No such unit."),
    };

    private static DateOnly AddWorkingDays(DateOnly date, int days)
    {
        while (days > 0)
        {
            date = date.AddDays(1);
            days -= date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return date;
    }

    private static DateOnly LocalDate(RegionCode region, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, region.TimeZone()).DateTime);

    private static DateTimeOffset EndOf(DateOnly date, RegionCode region) =>
        new(TimeZoneInfo.ConvertTimeToUtc(date.AddDays(1).ToDateTime(TimeOnly.MinValue), region.TimeZone()), TimeSpan.Zero);
}
