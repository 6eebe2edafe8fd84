using System.Globalization;
using System.Text.Json;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>Days counted by hand.</summary>
public sealed class DeadlineClockTests
{
    private static readonly DeadlineClock Clock = new(CalendarFiles.Load().Calendar());
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02"); // UTC+8

    /// <summary>
    /// UU 30/2014 art. 53 as amended: five working days from the complete application, then it is granted.
    /// </summary>
    private static readonly StepDeadline ByLaw = new(5, DeadlineUnit.WorkingDays, OnLapse.DeemGranted);

    [Theory]
    [InlineData("2026-11-20T09:00:00+08:00", "2026-11-28")] // Friday: 23–27
    [InlineData("2026-11-21T09:00:00+08:00", "2026-11-28")] // Saturday: the same days
    [InlineData("2026-12-17T23:59:59+08:00", "2026-12-29")] // 18, 21–23, 28; leave on 24, Christmas on 25
    [InlineData("2026-12-24T08:00:00+08:00", "2027-01-05")] // filed on a day off: 28–31, 4 January
    [InlineData("2026-12-28T08:00:00+08:00", "2027-01-07")] // 29–31, 4 and 6 January; New Year on 1, Isra Mikraj on 5
    // 17, 25–27, 30; Nyepi and Idulfitri with their leave from 18 to 24
    [InlineData("2026-03-16T10:00:00+08:00", "2026-03-31")]
    public void Five_working_days_by_law_are_over_at_this_midnight(string complete, string midnight) =>
        Clock.Of(ByLaw, Konawe, At(complete)).ShouldBe(At($"{midnight}T00:00:00+08:00"));

    [Theory]
    [InlineData("31.71", "2026-11-25T00:00:00+07:00")] // still Monday in Jakarta
    [InlineData("74.02", "2026-11-26T00:00:00+08:00")]
    [InlineData("91.71", "2026-11-26T00:00:00+09:00")]
    public void The_day_that_is_not_counted_is_the_regions(string region, string due) =>
        Clock.Of(new(1, DeadlineUnit.WorkingDays, OnLapse.Escalate), RegionCode.Parse(region),
            At("2026-11-23T16:30:00Z")).ShouldBe(At(due));

    [Theory]
    [InlineData("2026-11-23T10:00:00+08:00", "2026-11-23T15:00:00+08:00", 5, "2026-12-01")] // on the day of its start
    [InlineData("2026-11-25T14:00:00+08:00", "2026-11-25T16:00:00+08:00", 3, "2026-12-01")] // within a day
    // 26, 27, 30, 1: four days later
    [InlineData("2026-11-25T14:00:00+08:00", "2026-12-01T09:00:00+08:00", 3, "2026-12-05")]
    [InlineData("2026-11-28T14:00:00+08:00", "2026-11-29T09:00:00+08:00", 1, "2026-12-01")] // a weekend
    [InlineData("2026-11-27T14:00:00+08:00", "2026-12-23T09:00:00+08:00", 1, "2026-12-29")] // Christmas in between
    // stopped on the last day: the day of the answer
    [InlineData("2026-11-30T23:59:00+08:00", "2026-12-04T09:00:00+08:00", 0, "2026-12-05")]
    [InlineData("2026-11-30T23:59:00+08:00", "2026-12-05T09:00:00+08:00", 0, "2026-12-08")] // a Saturday: Monday
    // collective leave, Christmas, a weekend: Monday
    [InlineData("2026-11-30T23:59:00+08:00", "2026-12-24T09:00:00+08:00", 0, "2026-12-29")]
    // stopped too late: nothing is left, but not less
    [InlineData("2026-12-01T00:00:01+08:00", "2026-12-04T09:00:00+08:00", 0, "2026-12-05")]
    public void What_is_left_is_counted_from_the_day_on_which_the_clock_runs_again(
        string stopped, string resumed, int days, string midnight)
    {
        var due = Clock.Of(ByLaw, Konawe, At("2026-11-23T09:00:00+08:00"))!.Value; // 24–27, 30

        var left = Clock.Left(ByLaw, Konawe, At(stopped), due);

        left.ShouldBe(new TimeLeft(Days: days));
        Clock.Resume(left, ByLaw, Konawe, At(resumed)).ShouldBe(At($"{midnight}T00:00:00+08:00"));
    }

    [Fact]
    public void Calendar_days_are_counted_through_weekends_and_may_end_on_one()
    {
        var deadline = new StepDeadline(7, DeadlineUnit.CalendarDays, OnLapse.Escalate);
        var due = Clock.Of(deadline, Konawe, At("2026-11-20T09:00:00+08:00"))!.Value;
        due.ShouldBe(At("2026-11-28T00:00:00+08:00"));

        var left = Clock.Left(deadline, Konawe, At("2026-11-27T09:00:00+08:00"), due);

        left.ShouldBe(new TimeLeft(Days: 0));
        Clock.Resume(left, deadline, Konawe, At("2026-11-29T09:00:00+08:00")).ShouldBe(At("2026-11-30T00:00:00+08:00"));
    }

    [Fact]
    public void Minutes_run_on_where_they_stopped()
    {
        var deadline = new StepDeadline(90, DeadlineUnit.Minutes, OnLapse.Escalate);
        var due = Clock.Of(deadline, Konawe, At("2026-11-20T01:00:00Z"))!.Value;

        var left = Clock.Left(deadline, Konawe, At("2026-11-20T02:29:30.5Z"), due);

        left.ShouldBe(new TimeLeft(Time: TimeSpan.FromSeconds(29.5)));
        Clock.Resume(left, deadline, Konawe, At("2026-11-22T07:00:00Z")).ShouldBe(At("2026-11-22T07:00:29.5Z"));
        Clock.Left(deadline, Konawe, At("2026-11-21T00:00:00Z"), due).ShouldBe(new TimeLeft(Time: TimeSpan.Zero));
    }

    [Fact]
    public void What_is_left_is_only_good_for_a_deadline_of_its_unit()
    {
        Should.Throw<ArgumentException>(
            () => Clock.Resume(new(Time: TimeSpan.FromMinutes(1)), ByLaw, Konawe, At("2026-11-20T01:00:00Z")));
        Should.Throw<ArgumentException>(() => Clock.Resume(
            new(Days: 1), new(90, DeadlineUnit.Minutes, OnLapse.Escalate), Konawe, At("2026-11-20T01:00:00Z")));
    }

    [Fact]
    public void What_is_left_can_be_stored()
    {
        foreach (var left in (TimeLeft[])[new(Time: TimeSpan.FromSeconds(1.5)), new(Days: 0)])
        {
            JsonSerializer.Deserialize<TimeLeft>(JsonSerializer.Serialize(left)).ShouldBe(left);
        }
    }

    [Theory]
    // all of Monday 30 November and a quarter of Friday
    [InlineData(5, DeadlineUnit.WorkingDays, 0.25, "2026-11-27T18:00:00+08:00")]
    [InlineData(5, DeadlineUnit.WorkingDays, 0.2, "2026-11-30T00:00:00+08:00")]
    [InlineData(5, DeadlineUnit.WorkingDays, 0.999, "2026-11-24T00:07:12+08:00")]
    [InlineData(4, DeadlineUnit.CalendarDays, 0.25, "2026-11-27T00:00:00+08:00")]
    [InlineData(60, DeadlineUnit.Minutes, 0.25, "2026-11-23T09:45:00+08:00")]
    public void The_warning_comes_when_its_share_is_left(int duration, DeadlineUnit unit, double share, string warning)
    {
        var deadline = new StepDeadline(duration, unit, OnLapse.Escalate, share);
        var start = At("2026-11-23T09:00:00+08:00");

        Clock.WarnAt(deadline, Konawe, start, Clock.Of(deadline, Konawe, start)!.Value).ShouldBe(At(warning));
    }

    [Fact]
    public void The_share_is_of_the_whole_duration_and_the_warning_does_not_come_before_the_clock_runs_again()
    {
        var resumed = At("2026-12-04T09:00:00+08:00");
        var due = Clock.Resume(new(Days: 0), ByLaw, Konawe, resumed);

        Clock.WarnAt(ByLaw, Konawe, resumed, due).ShouldBe(resumed);
        Clock.WarnAt(ByLaw, Konawe, due.AddDays(1), due).ShouldBe(due);
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
