using Mpp.Applications.Calendar;
using Mpp.Hosting.Start;
using Shouldly;

namespace Mpp.Unit.Applications.Calendar;

public sealed class CalendarFilesTests
{
    [Theory]
    [InlineData(2025, 17, 11)]
    [InlineData(2026, 17, 8)]
    [InlineData(2027, 18, 8)]
    public void A_year_has_the_days_of_its_decree(int year, int holidays, int leave)
    {
        var file = CalendarFiles.Load().Single(f => f.Year == year);

        file.Days.Count(d => d.Kind is DayOffKind.NationalHoliday).ShouldBe(holidays);
        file.Days.Count(d => d.Kind is DayOffKind.CollectiveLeave).ShouldBe(leave);
        file.Days.ShouldAllBe(d => d.Regions == null);
        file.Decree.Number.ShouldContain($"/{year - 1}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(8, 17)]
    [InlineData(12, 25)]
    public void Holidays_with_a_fixed_date_are_there_every_year(int month, int day) =>
        CalendarFiles.Load().ShouldAllBe(
            f => f.Days.Any(d => d.Date == new DateOnly(f.Year, month, day) && d.Kind == DayOffKind.NationalHoliday));

    [Theory]
    [InlineData("""{ "date": "2027-01-01", "kind": "national-holiday", "name": "x" }""",
        "2026.json/days/0/date: 2027-01-01 is not in 2026.")]
    [InlineData("""{ "date": "2026-05-02", "kind": "national-holiday", "name": " " }""",
        "2026.json/days/0/name: the name is missing.")]
    [InlineData("""{ "date": "2026-05-02", "kind": "collective-leave", "name": "x", "regions": ["74.02", "98"] }""",
        "2026.json/days/0/regions/1: there is no region 98.")]
    [InlineData("""{ "date": "2026-05-02", "kind": "collective-leave", "name": "x", "regions": [] }""",
        "2026.json/days/0/regions: name a region, or leave the field out for the whole country.")]
    [InlineData(
        """{ "date": "2026-05-02", "kind": "collective-leave", "name": "x", "decree": { "number": "1/2026", "inForceFrom": "2026-05-03" } }""",
        "2026.json/days/0/decree/inForceFrom: 2026-05-02 was over before the decree was in force.")]
    [InlineData(
        """{ "date": "2026-05-02", "kind": "collective-leave", "name": "x" }, { "date": "2026-05-02", "kind": "national-holiday", "name": "y", "regions": ["74"] }""",
        "2026.json/days/1/date: 2026-05-02 is free already by /days/0.")]
    [InlineData(
        """{ "date": "2026-05-02", "kind": "national-holiday", "name": "x", "regions": ["74"] }, { "date": "2026-05-02", "kind": "national-holiday", "name": "y", "regions": ["52", "74.02"] }""",
        "2026.json/days/1/date: 2026-05-02 is free already by /days/0.")]
    public void A_fault_is_told_with_its_file_and_place(string days, string fault) =>
        Faults("2026.json", File(2026, days)).ShouldBe([fault]);

    [Theory]
    [InlineData("""{ "date": "2026-05-32", "kind": "national-holiday", "name": "x" }""", "$.days[0].date")]
    [InlineData("""{ "date": "2026-05-02", "kind": "bridge-day", "name": "x" }""", "$.days[0].kind")]
    [InlineData("""{ "date": "2026-05-02", "kind": "national-holiday", "name": "x", "region": "74" }""", "region")]
    [InlineData("""{ "date": "2026-05-02", "kind": "national-holiday", "name": "x", "regions": ["Konawe"] }""",
        "$.days[0].regions[0]")]
    public void A_file_that_does_not_fit_is_told_with_the_place(string days, string place) =>
        Faults("2026.json", File(2026, days)).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(f => f.ShouldStartWith("2026.json at "), f => f.ShouldContain(place));

    [Fact]
    public void All_faults_of_all_files_are_told() => StartReasons.Of(
        Should.Throw<AggregateException>(() => CalendarFiles.Read(
            [
                ("2026.json", File(2025, "")),
                ("2027.json", File(2027, """{ "date": "2026-01-01", "kind": "national-holiday", "name": "" }""")),
            ])))
        .ShouldBe(["2026.json/year: 2025 is not the year in the file's name.",
            "2027.json/days/0/date: 2026-01-01 is not in 2027.", "2027.json/days/0/name: the name is missing."]);

    [Fact]
    public void Weekend_days_and_holidays_of_different_regions_are_no_faults() =>
        CalendarFiles.Read([("2026.json", File(2026,
            """
        { "date": "2026-05-02", "kind": "national-holiday", "name": "x", "regions": ["74.02"] },
        { "date": "2026-05-02", "kind": "national-holiday", "name": "y", "regions": ["74.03", "51"] }
        """))]).ShouldHaveSingleItem().Days.Count.ShouldBe(2);

    private static string File(int year, string days) =>
        $$"""{ "year": {{year}}, "decree": { "number": "SKB 1/2020", "inForceFrom": "2020-01-01" }, "verified": false, "days": [{{days}}] }""";

    private static IReadOnlyList<string> Faults(string name, string text) =>
        StartReasons.Of(Should.Throw<AggregateException>(() => CalendarFiles.Read([(name, text)])));
}
