using System.Globalization;
using System.Text.Json;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class DateRangeTests
{
    private static readonly DateOnly Today = new(2028, 2, 29);

    [Theory]
    [InlineData("1900-01-01", "1900-01-01")]
    [InlineData("today", "2028-02-29")]
    [InlineData("today+P1Y", "2029-02-28")]
    [InlineData("today-P20Y", "2008-02-29")]
    [InlineData("today+P100Y", "2128-02-29")]
    public void A_limit_is_a_day_or_moves_with_it(string text, string day) =>
        DateLimit.Parse(text).On(Today).ShouldBe(Day(day));

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("today+1Y")]
    [InlineData("today+P1M")]
    [InlineData("today+P1000Y")]
    [InlineData("2026-02-30")]
    [InlineData("2026-01-01\n")]
    [InlineData("01-01-2026")]
    public void Anything_else_is_no_limit(string text) => DateLimit.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData("today", "today", true)]
    [InlineData("today", "today-P1Y", true)]
    [InlineData("today-P1Y", "today", false)]
    [InlineData("2000-01-01", "1900-01-01", true)]
    [InlineData("today-P20Y", "1900-01-01", true)]
    [InlineData("today", "2026-01-01", true)]
    [InlineData("today", "2026-01-02", false)]
    [InlineData("2999-01-01", "today", false)]
    public void One_limit_is_never_before_another_whatever_day_it_is(string one, string other, bool never) =>
        DateLimit.Parse(one).IsNeverBefore(DateLimit.Parse(other)).ShouldBe(never);

    [Theory]
    [InlineData("1900-01-01", true)]
    [InlineData("1899-12-31", false)]
    [InlineData("0001-01-01", false)]
    [InlineData("2128-02-29", true)]
    [InlineData("2128-03-01", false)]
    [InlineData("9999-12-31", false)]
    public void The_widest_range_has_its_ends(string date, bool contained) =>
        DateRange.Widest.Contains(Day(date), Today).ShouldBe(contained);

    [Fact]
    public void A_schema_names_its_range() => DateRange.Of(JsonElement.Parse(
        """{"type":"string","format":"date","x-earliest":"1945-08-17","x-latest":"today"}"""))
        .ShouldBe(new(DateLimit.Parse("1945-08-17"), DateLimit.Parse("today")));

    [Theory]
    [InlineData("""{"type":"string","format":"date"}""")]
    [InlineData("""{"x-earliest":"long ago","x-latest":7}""")]
    public void What_names_none_has_the_widest(string schema) =>
        DateRange.Of(JsonElement.Parse(schema)).ShouldBe(DateRange.Widest);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
