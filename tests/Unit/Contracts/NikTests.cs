using System.Globalization;
using System.Text.Json;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Contracts;

/// <summary>
/// The traps that parsers in the field fall into: a woman's day, births since 2000, regions that no longer exist.
/// </summary>
public sealed class NikTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("3515140508680001", Sex.Male, "1968-08-05", 1)]
    [InlineData("3515144508680002", Sex.Female, "1968-08-05", 2)]
    [InlineData("7402017112990001", Sex.Female, "1999-12-31", 1)]
    [InlineData("7402013112999999", Sex.Male, "1999-12-31", 9999)]
    [InlineData("7402014101000001", Sex.Female, "2000-01-01", 1)]
    public void It_tells_sex_birth_date_and_serial_number(string digits, Sex sex, string birthDate, int serial)
    {
        var nik = Nik.Parse(digits);
        (nik.Sex, nik.BirthDate(Today), nik.Serial).ShouldBe((sex, Date(birthDate), serial));
    }

    [Theory]
    [InlineData("7402010502100001", "2010-02-05")] // born since 2000
    [InlineData("7402012211260001", "2026-11-22")] // born today
    [InlineData("7402012311260001", "1926-11-23")] // tomorrow's date can only be that of a hundred years ago
    [InlineData("7402010101270001", "1927-01-01")]
    public void The_century_is_the_latest_that_is_not_in_the_future(string digits, string birthDate) =>
        Nik.Parse(digits).BirthDate(Today).ShouldBe(Date(birthDate));

    [Theory]
    [InlineData("7402012902000001", "2000-02-29")] // 1900 was no leap year, 2000 was
    [InlineData("7402016902040001", "2004-02-29")]
    [InlineData("7402012902280001", "1928-02-29")]
    public void A_leap_day_belongs_to_a_year_that_had_one(string digits, string birthDate) =>
        Nik.Parse(digits).BirthDate(Today).ShouldBe(Date(birthDate));

    [Theory]
    [InlineData("7402012902010001")] // 2001 and 1901 had no 29 February
    [InlineData("7402013004990001")] // 30 April exists …
    public void A_day_that_a_month_lacks_depends_on_the_month(string digits) =>
        Nik.TryParse(digits, provider: null, out _).ShouldBe(digits[8..10] == "04");

    [Theory]
    [InlineData("9999990101900001")]
    [InlineData("9109010101900001")] // issued in Papua before the provinces of 2022
    public void A_region_of_no_list_is_a_warning_and_no_error(string digits) =>
        Nik.Parse(digits).Warnings.ShouldHaveSingleItem().ShouldContain(digits[..2]);

    [Fact]
    public void A_known_region_gives_no_warning()
    {
        var nik = Nik.Parse("7402010101900001");
        nik.Warnings.ShouldBeEmpty();
        (nik.Region.Value, nik.Region.Name).ShouldBe(("74.02.01", "KABUPATEN KONAWE"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("740201010190000")]
    [InlineData("74020101019000011")]
    [InlineData("7402010101900O01")]
    [InlineData(" 740201010190001")]
    [InlineData("٧٤٠٢٠١٠١٠١٩٠٠٠٠١")]
    [InlineData("7402010001900001")]
    [InlineData("7402013201900001")]
    [InlineData("7402014001900001")]
    [InlineData("7402017201900001")]
    [InlineData("7402019901900001")]
    [InlineData("7402013102900001")]
    [InlineData("7402010100900001")]
    [InlineData("7402010113900001")]
    [InlineData("7402010101900000")]
    public void What_cannot_be_a_NIK_is_refused_without_repeating_it(string text)
    {
        Nik.TryParse(text, provider: null, out _).ShouldBeFalse();
        var message = Should.Throw<FormatException>(() => Nik.Parse(text)).Message;
        (text.Length > 0 && message.Contains(text, StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_no_NIK() => Nik.TryParse(null, provider: null, out _).ShouldBeFalse();

    [Fact]
    public void A_log_line_does_not_tell_whose_it_is() =>
        $"{Nik.Parse("7402010101900001")}".ShouldBe("740201**********");

    [Fact]
    public void On_the_wire_it_is_its_digits()
    {
        JsonSerializer.Serialize(Nik.Parse("7402010101900001")).ShouldBe("\"7402010101900001\"");
        JsonSerializer.Deserialize<Nik>("\"7402010101900001\"").Value.ShouldBe("7402010101900001");
    }

    [Theory]
    [InlineData("\"7402010113900001\"", "month")]
    [InlineData("7402010101900001", "sixteen digits")]
    [InlineData("null", "sixteen digits")]
    public void What_is_none_on_the_wire_is_refused_with_the_reason(string json, string reason)
    {
        var message = Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Nik>(json)).Message;
        message.ShouldContain(reason);
        message.ShouldNotContain("9000");
    }

    private static DateOnly Date(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
