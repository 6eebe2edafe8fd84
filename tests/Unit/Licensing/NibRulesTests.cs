using Mpp.Agency;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.BusinessNumbers;
using Mpp.Licensing.Kbli;
using Shouldly;

namespace Mpp.Unit.Licensing;

public sealed class NibRulesTests
{
    private static readonly LineOfBusiness Stall = new("Rumah/warung makan", RiskLevel.Low);

    [Fact]
    public void A_known_line_of_business_of_a_free_owner_is_not_refused() =>
        NibRules.Refusals(Stall, [], nameInUse: false).ShouldBeEmpty();

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = NibRules.Refusals(line: null, [BlockGround.BpjsSanction, BlockGround.Abuse], nameInUse: true);
        reasons.Select(r => r.Requirement)
            .ShouldBe(["kbli-known", "owner-not-blocked", "owner-not-blocked", "business-name-unused"]);
        reasons.Select(r => r.Pointer).ShouldBe(["/kbli", "/ownerNik", "/ownerNik", "/businessName"]);
        reasons.Select(r => r.LegalBasis).ShouldBe(["PP 28/2025", "PP 86/2013", "PP 28/2025", "PP 28/2025"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0);
    }

    [Fact]
    public void An_NIB_has_thirteen_digits_and_begins_with_the_day()
    {
        NibRules.Number(new(2026, 11, 22), 42).ShouldBe("2211260000042");
        NibRules.Number(new(2026, 11, 22), 12_345_678).ShouldBe("2211262345678");
    }

    [Fact]
    public void Names_are_compared_without_case_and_spaces() =>
        NameKey.Of(" warung  sao-sao").ShouldBe(NameKey.Of("Warung Sao-Sao"));
}
