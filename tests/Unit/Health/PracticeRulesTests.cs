using Mpp.Contracts;
using Mpp.Health.Recommendations;
using Mpp.Health.Registrations;
using Shouldly;

namespace Mpp.Unit.Health;

public sealed class PracticeRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly PracticeRulebook Rules = PracticeRulebook.Load();

    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");

    private static readonly Registration Doctor = new()
    {
        StrNumber = "DR00000000000001",
        Nik = Nik.Parse("7402021203990001"),
        Profession = Profession.Doctor,
        State = RegistrationState.Active,
        EnoughCredits = true,
    };

    [Fact]
    public void The_quota_is_full_when_its_last_place_is_taken()
    {
        var quota = Rules.Quota.Single(q => q.From <= Today).Value[Konawe.Value][Profession.Doctor];
        Refusals(Profession.Doctor, quota - 1).ShouldBeEmpty();
        Refusals(Profession.Doctor, quota).ShouldBe(["practice-quota"]);
    }

    [Fact]
    public void A_region_that_has_set_no_quota_has_none() => RecommendationRules
        .QuotaFull(RegionCode.Parse("74.71"), Profession.Doctor, int.MaxValue, Today, Rules).ShouldBeNull();

    [Fact]
    public void Everything_is_named_at_once() =>
        Refusals(Profession.Nurse, int.MaxValue).ShouldBe(["str-valid", "practice-quota"]);

    [Theory]
    [InlineData(null, true)]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-11-21", false)]
    public void A_registration_is_for_life_and_a_foreigners_ends(string? until, bool valid)
    {
        var registration = new Registration
        {
            StrNumber = Doctor.StrNumber,
            Nik = Doctor.Nik,
            Profession = Profession.Doctor,
            State = RegistrationState.Active,
            EnoughCredits = true,
            ValidUntil = until is null
                ? null
                : DateOnly.ParseExact(until, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        RegistrationRules.IsValid(registration, Today).ShouldBe(valid);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(" ", true)]
    [InlineData("KLK/1/2026", false)]
    public void A_missing_letter_can_be_handed_in(string? letter, bool asked) =>
        RecommendationRules.Corrections(letter).Count.ShouldBe(asked ? 1 : 0);

    private static IEnumerable<string> Refusals(Profession profession, int inForce) =>
        RecommendationRules.Refusals(Doctor, Konawe, profession, inForce, Today, Rules).Select(r => r.Requirement);
}
