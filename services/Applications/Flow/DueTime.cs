using Mpp.Applications.Calendar;
using Mpp.Contracts;
using Mpp.Contracts.Packages;

namespace Mpp.Applications.Flow;

/// <summary><see cref="DeadlineClock"/> with the calendar that is built in.</summary>
internal static class DueTime
{
    private static readonly Lazy<DeadlineClock> Clock = new(() => new DeadlineClock(CalendarFiles.Load().Calendar()));

    /// <inheritdoc cref="DeadlineClock.Of"/>
    public static DateTimeOffset? Of(StepDeadline? deadline, RegionCode region, DateTimeOffset start) => Clock.Value.Of(deadline, region, start);
}
