using System.Text.Json;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class RegionCodeTests
{
    [Theory]
    [InlineData("74", "74", null)]
    [InlineData("74.02", "74", "74.02")]
    [InlineData("74.02.01", "74", "74.02")]
    [InlineData("74.02.01.1001", "74", "74.02")]
    public void It_knows_the_province_and_the_regency_it_lies_in(string code, string province, string? regency)
    {
        var region = RegionCode.Parse(code);
        (region.Value, region.Province.Value, region.Regency?.Value).ShouldBe((code, province, regency));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7402")]
    [InlineData("74.2")]
    [InlineData("74.02.")]
    [InlineData("74-02")]
    [InlineData("74.02.01.01")]
    [InlineData("74.02.01.1001.1")]
    [InlineData("74.0x")]
    [InlineData(" 74.02")]
    public void Another_form_is_refused(string text)
    {
        RegionCode.TryParse(text, provider: null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => RegionCode.Parse(text));
    }

    [Theory]
    [InlineData("74.02", true, "KABUPATEN KONAWE")]
    [InlineData("74.02.99", true, "KABUPATEN KONAWE")]
    [InlineData("74.99", false, null)]
    [InlineData("99", false, null)]
    [InlineData("96", true, "PAPUA BARAT DAYA")]
    public void A_code_may_be_unknown_today(string code, bool known, string? name)
    {
        var region = RegionCode.Parse(code);
        (region.IsKnown, region.Name).ShouldBe((known, name));
    }

    [Fact]
    public void The_list_has_38_provinces_and_514_regencies_and_cities()
    {
        var codes = Enumerable.Range(0, 100).Select(p => RegionCode.Parse($"{p:00}")).Where(p => p.IsKnown).ToList();
        var regencies = codes.SelectMany(
            p => Enumerable.Range(0, 100).Select(r => RegionCode.Parse($"{p.Value}.{r:00}"))).Where(r => r.IsKnown);
        (codes.Count, regencies.Count()).ShouldBe((38, 514));
    }

    [Theory]
    [InlineData("74", "74.02.01", true)]
    [InlineData("74.02", "74.02", true)]
    [InlineData("74.02.01", "74.02", false)]
    [InlineData("74.02", "74.03.01", false)]
    public void A_region_contains_itself_and_what_lies_in_it(string region, string other, bool contains) =>
        RegionCode.Parse(region).Contains(RegionCode.Parse(other)).ShouldBe(contains);

    [Fact]
    public void On_the_wire_it_is_its_code()
    {
        JsonSerializer.Serialize(RegionCode.Parse("74.02")).ShouldBe("\"74.02\"");
        JsonSerializer.Deserialize<RegionCode>("\"74.02\"").Value.ShouldBe("74.02");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<RegionCode>("74.02"));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<RegionCode>("\"7402\""));
    }
}
