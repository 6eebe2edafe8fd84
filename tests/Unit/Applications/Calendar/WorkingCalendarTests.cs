using System.Globalization;
using Mpp.Applications.Calendar;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Applications.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar BuiltIn = CalendarFiles.Load().Calendar();
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");

    [Theory]
    [InlineData("2026-11-23", true)] // Monday
    [InlineData("2026-11-22", false)] // Sunday
    [InlineData("2026-12-24", false)] // collective leave
    [InlineData("2026-12-25", false)] // holiday
    [InlineData("2026-12-28", true)]
    [InlineData("2027-01-01", false)]
    [InlineData("2025-08-18", false)] // added by the amendment of August 2025
    [InlineData("2028-01-03", true)]
    public void A_day_of_the_whole_country(string date, bool works) =>
        BuiltIn.IsWorkingDay(Konawe, Day(date)).ShouldBe(works);

    [Fact]
    public void In_a_year_without_a_file_only_weekends_are_free()
    {
        BuiltIn.Years.ShouldBe([2025, 2026, 2027]);
        BuiltIn.IsWorkingDay(Konawe, Day("2028-08-17")).ShouldBeTrue();
        WorkingCalendar.WeekendsOnly.IsWorkingDay(Konawe, Day("2026-12-25")).ShouldBeTrue();
        WorkingCalendar.WeekendsOnly.IsWorkingDay(Konawe, Day("2026-12-26")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("51", false)]
    [InlineData("51.03", false)]
    [InlineData("51.03.01.1001", false)]
    [InlineData("51.71", false)]
    [InlineData("52", true)]
    [InlineData("74.02", false)]
    [InlineData("74.02.01", false)]
    [InlineData("74.03", true)]
    [InlineData("74", true)]
    public void A_holiday_of_a_region_is_free_there_and_in_what_lies_in_it(string region, bool works)
    {
        var calendar = new WorkingCalendar([2026],
            [new(Day("2026-11-18"), DayOffKind.NationalHoliday, "Of two regions", [RegionCode.Parse("51"), Konawe])]);

        calendar.IsWorkingDay(RegionCode.Parse(region), Day("2026-11-18")).ShouldBe(works);
    }

    [Theory]
    [InlineData("2026-12-23", 0, "2026-12-23")]
    [InlineData("2026-12-26", 0, "2026-12-26")]
    [InlineData("2026-12-23", 1, "2026-12-28")]
    [InlineData("2026-12-25", 1, "2026-12-28")]
    [InlineData("2026-12-28", 5, "2027-01-06")]
    public void So_many_working_days_after_a_day(string date, int days, string expected) =>
        BuiltIn.AddWorkingDays(Konawe, Day(date), days).ShouldBe(Day(expected));

    [Theory]
    [InlineData("2026-12-23", "2026-12-28", 1)]
    [InlineData("2026-12-23", "2026-12-27", 0)]
    [InlineData("2026-12-28", "2027-01-06", 5)]
    [InlineData("2026-12-28", "2026-12-28", 0)]
    [InlineData("2026-12-28", "2026-12-21", 0)]
    public void Working_days_after_one_day_up_to_another(string after, string until, int days) =>
        BuiltIn.WorkingDaysBetween(Konawe, Day(after), Day(until)).ShouldBe(days);

    private static DateOnly Day(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture);
}
