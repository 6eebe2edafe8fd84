using Mpp.Licensing.Practices;
using Shouldly;

namespace Mpp.Unit.Licensing;

public sealed class PracticeLicenceRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly PracticeLicenceRulebook Rules = PracticeLicenceRulebook.Load();

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_health_worker_has_three_places_at_most(int inForce, bool refused) =>
        Refusals([.. Enumerable.Range(1, inForce).Select(i => new StandingLicence($"L{i}", i, $"{i}"))])
            .ShouldBe(refused ? ["three-places"] : []);

    [Fact]
    public void One_licence_is_for_one_place() =>
        Refusals([new("L1", 1, "here")], "here").ShouldBe(["one-licence-one-place"]);

    [Fact]
    public void A_licence_is_renewed_at_its_place_also_by_who_has_three()
    {
        StandingLicence[] three = [new("L1", 1, "here"), new("L2", 2, "b"), new("L3", 3, "c")];
        Refusals(three, "here", renewal: true).ShouldBeEmpty();
        PracticeLicenceRules.NothingToRenew(three, "here", renewal: true).ShouldBeNull();
        Refusals([.. three.Select(l => l with { FacilityKey = "x" + l.FacilityKey })], "here", renewal: true)
            .ShouldBe(["three-places"]);
        PracticeLicenceRules.NothingToRenew([], "here", renewal: true)
            .ShouldNotBeNull().Pointer.ShouldBe("/renewal");
    }

    [Fact]
    public void A_recommendation_serves_once() =>
        Refusals([], recommendationUsed: true).ShouldBe(["recommendation-unused"]);

    [Fact]
    public void A_place_that_was_released_is_given_out_first()
    {
        PracticeLicenceRules.FreePlace([]).ShouldBe(1);
        PracticeLicenceRules.FreePlace([new("L1", 1, "a"), new("L3", 3, "c")]).ShouldBe(2);
        PracticeLicenceRules.FreePlace([new("L1", 1, "a"), new("L2", 2, "b")]).ShouldBe(3);
    }

    [Fact]
    public void Case_spaces_and_punctuation_do_not_make_another_place() =>
        PracticeLicenceRules.FacilityKey("Klinik Sehat", "Jl. Sapati 1")
            .ShouldBe(PracticeLicenceRules.FacilityKey("KLINIK  SEHAT", "jl Sapati, 1"));

    private static IEnumerable<string> Refusals(
        StandingLicence[] inForce, string key = "elsewhere", bool recommendationUsed = false, bool renewal = false) =>
        PracticeLicenceRules.Refusals(inForce, key, renewal, recommendationUsed, Today, Rules)
            .Select(r => r.Requirement);
}
