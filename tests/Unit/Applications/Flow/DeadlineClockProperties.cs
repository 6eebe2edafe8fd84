using FsCheck;
using FsCheck.Fluent;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>Stopping and resuming in all three time zones, through holidays and over the change of the year.</summary>
public sealed class DeadlineClockProperties
{
    private static readonly WorkingCalendar Calendar = WithRegional(CalendarFiles.Load());
    private static readonly DeadlineClock Clock = new(Calendar);
    private static readonly RegionCode[] Regions =
        [.. ((string[])["31.71", "51.03", "74.02", "91.71", "94.01"]).Select(r => RegionCode.Parse(r))];

    [Fact]
    public void Stopping_and_resuming_at_the_same_moment_changes_nothing() =>
        Check(c => c.Resume(c.StoppedAt).ShouldBe(c.DueAt));

    [Fact]
    public void A_stop_over_n_working_days_moves_the_due_time_by_n_working_days() => Check(c =>
    {
        var (from, to) = (c.Day(c.StoppedAt), c.Day(c.ResumedAt));
        var last = c.Day(c.DueAt.AddTicks(-1));
        var moved = c.Day(c.Resume(c.ResumedAt).AddTicks(-1));
        switch (c.Deadline.Unit)
        {
            case DeadlineUnit.Minutes:
                (c.Resume(c.ResumedAt) - c.DueAt).ShouldBe(c.ResumedAt - c.StoppedAt);
                break;
            case DeadlineUnit.CalendarDays:
                moved.ShouldBe(last.AddDays(to.DayNumber - from.DayNumber));
                break;
            default:
                // With nothing left, a resumption on a day off goes to the next working day.
                var extra = from == last && !Calendar.IsWorkingDay(c.Region, to) ? 1 : 0;
                Calendar.WorkingDaysBetween(c.Region, last, moved)
                    .ShouldBe(Calendar.WorkingDaysBetween(c.Region, from, to) + extra);
                break;
        }
    });

    [Fact]
    public void The_due_time_never_gets_earlier_and_later_answers_never_make_it_earlier() => Check(c =>
    {
        c.Resume(c.ResumedAt).ShouldBeGreaterThanOrEqualTo(c.DueAt);
        c.Resume(c.ResumedAt).ShouldBeGreaterThanOrEqualTo(c.ResumedAt);
        c.Resume(c.ResumedAt.AddHours(7)).ShouldBeGreaterThanOrEqualTo(c.Resume(c.ResumedAt));
    });

    [Fact]
    public void Nor_does_it_when_its_last_day_is_made_free_meanwhile() => Check(c =>
    {
        var changed = new DeadlineClock(new([2025, 2026, 2027, 2028],
            [new(c.Day(c.DueAt.AddTicks(-1)), DayOffKind.CollectiveLeave, "by an amendment")]));
        var before = new DeadlineClock(WorkingCalendar.WeekendsOnly);
        var due = before.Of(c.Deadline, c.Region, c.Start)!.Value;

        changed.Resume(changed.Left(c.Deadline, c.Region, c.StoppedAt, due), c.Deadline, c.Region, c.ResumedAt)
            .ShouldBeGreaterThanOrEqualTo(due);
    });

    [Fact]
    public void Days_end_at_midnight_of_the_region_after_a_working_day_and_all_their_days_are_counted() => Check(c =>
    {
        if (c.Deadline.Unit is DeadlineUnit.Minutes)
        {
            (c.DueAt - c.Start).ShouldBe(TimeSpan.FromMinutes(c.Deadline.Duration));
            return;
        }

        TimeZoneInfo.ConvertTime(c.DueAt, c.Region.TimeZone()).TimeOfDay.ShouldBe(TimeSpan.Zero);
        var (first, last) = (c.Day(c.Start), c.Day(c.DueAt.AddTicks(-1)));
        if (c.Deadline.Unit is DeadlineUnit.WorkingDays)
        {
            Calendar.IsWorkingDay(c.Region, last).ShouldBeTrue();
            Calendar.WorkingDaysBetween(c.Region, first, last).ShouldBe(c.Deadline.Duration);
        }
        else
        {
            (last.DayNumber - first.DayNumber).ShouldBe(c.Deadline.Duration);
        }
    });

    [Fact]
    public void The_warning_comes_while_the_clock_runs() => Check(c =>
    {
        var due = c.Resume(c.ResumedAt);
        Clock.WarnAt(c.Deadline, c.Region, c.Start, c.DueAt).ShouldBeInRange(c.Start, c.DueAt);
        Clock.WarnAt(c.Deadline, c.Region, c.ResumedAt, due).ShouldBeInRange(c.ResumedAt, due);
        Clock.WarnAt(c.Deadline with { WarnAtShareLeft = c.Deadline.WarnAtShareLeft / 2 }, c.Region, c.Start, c.DueAt)
            .ShouldBeGreaterThanOrEqualTo(Clock.WarnAt(c.Deadline, c.Region, c.Start, c.DueAt));
    });

    private static void Check(Action<Case> property) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf(7)), c => property(new Case(c)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static WorkingCalendar WithRegional(IReadOnlyList<CalendarFile> files) => new(files.Select(f => f.Year),
    [
        .. files.SelectMany(f => f.Days),
        new(new(2026, 6, 17), DayOffKind.NationalHoliday, "of Bali", [RegionCode.Parse("51")]),
        new(new(2026, 6, 18), DayOffKind.CollectiveLeave, "of Konawe", [RegionCode.Parse("74.02")]),
    ]);

    /// <summary>A deadline that starts in 2025–2027 and is stopped while it runs, for up to 40 days.</summary>
    private sealed record Case(
        StepDeadline Deadline, RegionCode Region, DateTimeOffset Start, DateTimeOffset DueAt, DateTimeOffset StoppedAt,
        DateTimeOffset ResumedAt)
    {
        private const int MinutesOfThreeYears = 3 * 365 * 24 * 60;

        public Case(int[] numbers)
            : this(
                new(1 + numbers[0] % 15, (DeadlineUnit)(numbers[1] % 3), OnLapse.Escalate,
                    (1 + numbers[2] % 98) / 100.0),
                Regions[numbers[3] % Regions.Length],
                new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(numbers[4] % MinutesOfThreeYears),
                default,
                default,
                default)
        {
            DueAt = Clock.Of(Deadline, Region, Start)!.Value;
            StoppedAt = Start.AddTicks((long)((DueAt - Start).Ticks * (numbers[5] % 1000 / 1000.0)));
            ResumedAt = StoppedAt.AddMinutes(numbers[6] % (40 * 24 * 60));
        }

        public DateTimeOffset Resume(DateTimeOffset at) =>
            Clock.Resume(Clock.Left(Deadline, Region, StoppedAt, DueAt), Deadline, Region, at);

        public DateOnly Day(DateTimeOffset moment) =>
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Region.TimeZone()).DateTime);
    }
}
