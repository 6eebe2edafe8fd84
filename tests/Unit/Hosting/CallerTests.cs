using System.Security.Claims;
using Mpp.Contracts;
using Mpp.Hosting.Auth;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class CallerTests
{
    [Theory]
    [InlineData("applications.read", true)]
    [InlineData("applications.submit applications.read", true)]
    [InlineData(" applications.read ", true)]
    [InlineData("applications.reader", false)]
    [InlineData("applications", false)]
    [InlineData("Applications.Read", false)]
    [InlineData("", false)]
    public void A_scope_is_a_whole_word_of_the_claim(string claim, bool has) =>
        With(("scope", claim)).HasScope("applications.read").ShouldBe(has);

    [Fact]
    public void A_scope_may_have_a_claim_of_its_own() =>
        With(("scope", "a"), ("scope", "applications.read")).HasScope("applications.read").ShouldBeTrue();

    [Fact]
    public void A_token_without_scopes_has_none() => With().HasScope("applications.read").ShouldBeFalse();

    [Theory]
    [InlineData("*", "74.02", true)]
    [InlineData("*", "31.71", true)]
    [InlineData("74.02", "74.02", true)]
    [InlineData("74.02", "74.02.01", true)]
    [InlineData("74", "74.02", true)]
    [InlineData("74.02", "74", false)]
    [InlineData("74.02", "74.03", false)]
    [InlineData("74.02.01", "74.02", false)]
    [InlineData("", "74.02", false)]
    [InlineData("Konawe", "74.02", false)]
    public void A_caller_acts_in_its_region_and_what_lies_in_it(string claim, string region, bool covered) =>
        CallerRegion.Of(With(("region", claim))).Covers(RegionCode.Parse(region)).ShouldBe(covered);

    [Fact]
    public void A_token_without_a_region_acts_nowhere()
    {
        var region = CallerRegion.Of(With());

        region.IsEverywhere.ShouldBeFalse();
        region.Covers(RegionCode.Parse("74.02")).ShouldBeFalse();
    }

    [Fact]
    public void The_client_is_client_id_or_what_other_issuers_call_azp()
    {
        With(("client_id", "portal")).ClientId().ShouldBe("portal");
        With(("azp", "kiosk")).ClientId().ShouldBe("kiosk");
        With().ClientId().ShouldBeNull();
    }

    private static ClaimsPrincipal With(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test"));
}
