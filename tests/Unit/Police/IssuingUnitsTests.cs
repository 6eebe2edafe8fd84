using Mpp.Contracts;
using Mpp.Police.Skck;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Unit.Police;

public sealed class IssuingUnitsTests
{
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");
    private readonly IssuingUnits _units = IssuingUnits.Load();

    [Fact]
    public void The_sector_of_the_district_issues() =>
        _units.For(SkckLevel.Polsek, Konawe, RegionCode.Parse("74.02.03"))
            .ShouldNotBeNull().Name.ShouldBe("Polsek Wawotobi");

    [Fact]
    public void A_stranger_gets_the_first_sector_of_the_region() =>
        _units.For(SkckLevel.Polsek, Konawe, RegionCode.Parse("11.01.01"))
            .ShouldNotBeNull().Name.ShouldBe("Polsek Unaaha");

    [Fact]
    public void A_region_without_units_has_none() =>
        _units.For(SkckLevel.Polsek, RegionCode.Parse("11.01"), RegionCode.Parse("11.01.01")).ShouldBeNull();

    [Fact]
    public void Every_district_of_the_sandbox_has_a_sector_of_its_own_region()
    {
        foreach (var district in Population.Generate(2000).Select(p => p.District).Distinct())
        {
            _units.For(SkckLevel.Polsek, Konawe, district).ShouldNotBeNull().Districts.ShouldContain(district);
        }
    }

    [Fact]
    public void The_number_has_the_units_own_pattern()
    {
        var unit = _units.For(SkckLevel.Polres, Konawe, RegionCode.Parse("74.02.02")).ShouldNotBeNull();
        unit.NumberOf(7, new(2026, 11, 22)).ShouldBe("SKCK/YANMIN/0007/XI/2026/RES-KONAWE");
        unit.NumberOf(12345, new(2027, 4, 1)).ShouldBe("SKCK/YANMIN/12345/IV/2027/RES-KONAWE");
    }

    [Fact]
    public void Patterns_that_would_give_two_people_the_same_number_are_refused()
    {
        var unit = new IssuingUnit("a", "A", SkckLevel.Polsek, Konawe, [], "{number}/{month}/{year}/A");
        Should.Throw<InvalidOperationException>(() => new IssuingUnits([unit, unit with { Code = "b" }], []));
        Should.Throw<InvalidOperationException>(
            () => new IssuingUnits([unit with { NumberPattern = "{number}/{year}" }], []))
            .Message.ShouldContain("Unit a");
    }
}
