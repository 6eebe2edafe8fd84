using Mpp.Applications.Calendar;

namespace Mpp.Applications.Flow;

/// <summary>
/// What is left of a deadline whose clock has been stopped; exactly one of the two is set. It is stored, and only
/// <see cref="DeadlineClock.Resume"/> can use it.
/// </summary>
/// <param name="Time">Of a deadline in minutes; not less than zero.</param>
/// <param name="Days">Of a deadline in days: those after the day of the stop. 0 when it was stopped on the last
/// day, or later.</param>
internal sealed record TimeLeft(TimeSpan? Time = null, int? Days = null);

/// <summary>
/// When a step must be done. Days are counted as the law counts them: the day on which the clock starts is not counted,
/// and the last day counts to its end, in the region's time. Working days leave out weekends, national holidays and
/// collective leave.
/// </summary>
/// <remarks>
/// The clock stops while the applicant must act. The day on which it is stopped has been counted, the day on which it
/// runs again is not: a stop over n working days moves the due time by n working days, and a stop within a day by none.
/// </remarks>
internal sealed class DeadlineClock(WorkingCalendar calendar)
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    /// <summary>The due time of a clock that starts now; <see langword="null"/> without a deadline.</summary>
    public DateTimeOffset? Of(StepDeadline? deadline, RegionCode region, DateTimeOffset start) => deadline switch
    {
        null => null,
        { Unit: DeadlineUnit.Minutes } => start.AddMinutes(deadline.Duration),
        { Unit: DeadlineUnit.CalendarDays } => EndOfDays(deadline.Duration, region, start),
        { Unit: DeadlineUnit.WorkingDays } =>
            EndOf(calendar.AddWorkingDays(region, Date(region, start), deadline.Duration), region),
        _ => throw NoSuch(deadline.Unit),
    };

    /// <summary>The end of the last of so many calendar days.</summary>
    public static DateTimeOffset EndOfDays(int days, RegionCode region, DateTimeOffset start) =>
        EndOf(Date(region, start).AddDays(days), region);

    /// <summary>What is left when the clock is stopped; zero after the due time, never less.</summary>
    public TimeLeft Left(StepDeadline deadline, RegionCode region, DateTimeOffset stoppedAt, DateTimeOffset dueAt)
    {
        if (deadline.Unit is DeadlineUnit.Minutes)
        {
            return new(Time: dueAt > stoppedAt ? dueAt - stoppedAt : TimeSpan.Zero);
        }

        var (today, last) = (Date(region, stoppedAt), LastDay(region, dueAt));
        return new(Days: last <= today ? 0 : deadline.Unit switch
        {
            DeadlineUnit.CalendarDays => last.DayNumber - today.DayNumber,
            // If the last day has since been made free, it counts as the working day after it, so nobody's time gets
            // shorter.
            DeadlineUnit.WorkingDays =>
                calendar.WorkingDaysBetween(region, today, last) + (calendar.IsWorkingDay(region, last) ? 0 : 1),
            _ => throw NoSuch(deadline.Unit),
        });
    }

    /// <summary>
    /// The new due time of a clock that runs again. With no days left it is the end of this day. For working days it is
    /// the end of the next working day, if this day is none.
    /// </summary>
    /// <exception cref="ArgumentException">What is left has another unit than the deadline.</exception>
    public DateTimeOffset Resume(TimeLeft left, StepDeadline deadline, RegionCode region, DateTimeOffset resumedAt)
    {
        var today = Date(region, resumedAt);
        return (deadline.Unit, left) switch
        {
            (DeadlineUnit.Minutes, { Time: { } time, Days: null }) => resumedAt + time,
            (DeadlineUnit.CalendarDays, { Time: null, Days: { } days }) => EndOf(today.AddDays(days), region),
            (DeadlineUnit.WorkingDays, { Time: null, Days: { } days }) =>
                EndOf(calendar.AddWorkingDays(
                    region, today, days is 0 && !calendar.IsWorkingDay(region, today) ? 1 : days), region),
            _ => throw new ArgumentException($"{left} is not left of a deadline in {deadline.Unit}.", nameof(left)),
        };
    }

    /// <summary>
    /// When an operator is warned: the moment at which <see cref="StepDeadline.WarnAtShareLeft"/> of the deadline's
    /// whole duration is left before the due time, however often the clock was stopped. A counted day has 24 hours, any
    /// other day has none. Whole seconds.
    /// </summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="region">The region.</param>
    /// <param name="start">When the clock started, or ran again: no warning comes before.</param>
    /// <param name="dueAt">The due time, as <see cref="Of"/> or <see cref="Resume"/> gave it.</param>
    public DateTimeOffset WarnAt(StepDeadline deadline, RegionCode region, DateTimeOffset start, DateTimeOffset dueAt)
    {
        var duration = deadline.Unit is DeadlineUnit.Minutes
            ? TimeSpan.FromMinutes(deadline.Duration)
            : TimeSpan.FromDays(deadline.Duration);
        var left = TimeSpan.FromSeconds(Math.Floor(duration.TotalSeconds * deadline.WarnAtShareLeft));
        var at = deadline.Unit is DeadlineUnit.WorkingDays ? Before(dueAt, left, region, start) : dueAt - left;
        return at > start ? at : start < dueAt ? start : dueAt;
    }

    /// <summary>Goes back through working days, no further than the start.</summary>
    private DateTimeOffset Before(DateTimeOffset moment, TimeSpan left, RegionCode region, DateTimeOffset start)
    {
        while (moment > start)
        {
            var day = LastDay(region, moment);
            var begin = EndOf(day.AddDays(-1), region);
            if (calendar.IsWorkingDay(region, day))
            {
                if (left <= moment - begin)
                {
                    return moment - left;
                }

                left -= moment - begin;
            }

            moment = begin;
        }

        return start;
    }

    private static DateOnly Date(RegionCode region, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, region.TimeZone()).DateTime);

    /// <summary>The day that a due time closes: midnight belongs to the day before.</summary>
    private static DateOnly LastDay(RegionCode region, DateTimeOffset dueAt) => Date(region, dueAt - Moment);

    private static DateTimeOffset EndOf(DateOnly date, RegionCode region) =>
        new(TimeZoneInfo.ConvertTimeToUtc(date.AddDays(1).ToDateTime(TimeOnly.MinValue), region.TimeZone()),
            TimeSpan.Zero);

    private static ArgumentOutOfRangeException NoSuch(DeadlineUnit unit) => new(nameof(unit), unit, "No such unit.");
}
