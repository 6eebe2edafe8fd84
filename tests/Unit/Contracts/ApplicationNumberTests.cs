using System.Text.Json;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class ApplicationNumberTests
{
    [Fact]
    public void It_begins_with_the_regency_and_the_date() =>
        ApplicationNumber.New(RegionCode.Parse("74.02"), new DateOnly(2026, 11, 22)).Value
            .ShouldMatch("^7402-261122-[2-9A-HJKMNP-TV-Z]{6}$");

    [Fact]
    public void A_district_gives_the_number_of_its_regency() =>
        ApplicationNumber.New(RegionCode.Parse("74.02.01"), new DateOnly(2026, 1, 2)).Value
            .ShouldStartWith("7402-260102-");

    [Fact]
    public void A_province_has_no_applications() =>
        Should.Throw<ArgumentException>(
            () => ApplicationNumber.New(RegionCode.Parse("74"), new DateOnly(2026, 11, 22)));

    [Fact]
    public void It_cannot_be_guessed_from_the_one_before()
    {
        // 2,000 numbers out of 729 million: the chance that any two are the same is 0.3 %, that three pairs are is
        // below one in ten million.
        var numbers = Enumerable.Range(0, 2000)
            .Select(_ => ApplicationNumber.New(RegionCode.Parse("74.02"), new DateOnly(2026, 11, 22))).ToList();
        numbers.Distinct().Count().ShouldBeGreaterThan(1997);
        numbers.Select(n => n.Value[12]).Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public void What_is_made_can_be_read()
    {
        var number = ApplicationNumber.New(RegionCode.Parse("74.02"), new DateOnly(2026, 11, 22));
        ApplicationNumber.Parse(number.Value).ShouldBe(number);
    }

    [Fact]
    public void Reading_does_not_mind_the_case() =>
        ApplicationNumber.Parse("7402-261122-k7qx4m").ToString().ShouldBe("7402-261122-K7QX4M");

    [Theory]
    [InlineData("")]
    [InlineData("7402261122K7QX4M")]
    [InlineData("7402-261122-K7QX4")]
    [InlineData("7402-261122-K7QX4MM")]
    [InlineData("7402-261332-K7QX4M")]
    [InlineData("7402-261122-K7QX4I")]
    [InlineData("7402-261122-K0QX4M")]
    [InlineData("74O2-261122-K7QX4M")]
    [InlineData("7402_261122_K7QX4M")]
    public void Another_form_is_refused(string text)
    {
        ApplicationNumber.TryParse(text, provider: null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => ApplicationNumber.Parse(text));
    }

    [Fact]
    public void On_the_wire_it_is_its_text()
    {
        JsonSerializer.Serialize(ApplicationNumber.Parse("7402-261122-K7QX4M")).ShouldBe("\"7402-261122-K7QX4M\"");
        JsonSerializer.Deserialize<ApplicationNumber>("\"7402-261122-k7qx4m\"").Value.ShouldBe("7402-261122-K7QX4M");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ApplicationNumber>("\"7402\""));
    }
}
