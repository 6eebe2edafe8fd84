using Mpp.Licensing.Businesses;
using Mpp.Licensing.BusinessNumbers;
using Mpp.Licensing.Kbli;
using Shouldly;

namespace Mpp.Unit.Licensing;

public sealed class NibRulesTests
{
    private static readonly NibRulebook Rules = NibRulebook.Load();
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly NibCase Stall = new(
        KbliMayExist: true, new LineOfBusiness("Rumah/warung makan", RiskLevel.Low), [], Registered: false,
        new DateOnly(1990, 1, 1), Today);

    [Fact]
    public void A_known_line_of_business_of_a_free_owner_is_not_refused()
    {
        NibRules.Refusals(Stall, Rules).ShouldBeEmpty();
        NibRules.NeedsOfficer(Stall, Rules).ShouldBeFalse();
    }

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = NibRules.Refusals(
            new(KbliMayExist: false, Line: null, [BlockGround.BpjsSanction, BlockGround.Abuse], Registered: true,
                Today.AddYears(-9), Today), Rules);
        reasons.Select(r => r.Requirement).ShouldBe(
            ["kbli-known", "owner-of-age", "owner-not-blocked", "owner-not-blocked", "activity-unregistered"]);
        reasons.Select(r => r.Pointer)
            .ShouldBe(["/kbli", "/ownerBirthDate", "/ownerNik", "/ownerNik", "/businessName"]);
        reasons.Select(r => r.LegalBasis)
            .ShouldBe(["PP 28/2025", "BKPM 4/2021", "PP 86/2013", "PP 28/2025", "PP 28/2025"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0);
    }

    [Theory]
    [InlineData(-17, 1, true, true)]
    [InlineData(-17, 0, false, true)]
    [InlineData(-18, 1, false, true)]
    [InlineData(-18, 0, false, false)]
    public void An_owner_is_grown_up_and_who_hardly_is_goes_to_an_officer(
        int years, int days, bool refused, bool officer)
    {
        var file = Stall with { OwnerBorn = Today.AddYears(years).AddDays(days) };
        NibRules.Refusals(file, Rules).Select(r => r.Requirement).ShouldBe(refused ? ["owner-of-age"] : []);
        NibRules.NeedsOfficer(file, Rules).ShouldBe(officer);
    }

    [Fact]
    public void A_line_of_business_that_is_not_in_the_list_here_goes_to_an_officer()
    {
        NibRules.Refusals(Stall with { Line = null }, Rules).ShouldBeEmpty();
        NibRules.NeedsOfficer(Stall with { Line = null }, Rules).ShouldBeTrue();
    }

    [Fact]
    public void An_NIB_has_thirteen_digits_and_begins_with_the_day()
    {
        NibRules.Number(new(2026, 11, 22), 42).ShouldBe("2211260000042");
        NibRules.Number(new(2026, 11, 22), 12_345_678).ShouldBe("2211262345678");
    }
}
