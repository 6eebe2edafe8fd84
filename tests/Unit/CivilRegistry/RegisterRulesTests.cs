using System.Globalization;
using Mpp.CivilRegistry.Births;
using Mpp.CivilRegistry.ChildCards;
using Mpp.CivilRegistry.Identity;
using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.CivilRegistry;

public sealed class RegisterRulesTests
{
    private static readonly CivilRegistryRules Rules = CivilRegistryRules.Load();
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly ChildCardAges Ages = new(5, 17);

    private static readonly BirthInput Newborn = new(
        "Ahmad Fauzan", Sex.Male, Today.AddDays(-10), "Unaaha", Nik.Parse("7402424311850001"), FatherNik: null,
        "7402422405070001", "RSUD/1", "RSUD Konawe", LateReportApproval: null);

    private static readonly BirthFacts Mother = new(
        new DateOnly(1985, 11, 3), MotherDeceasedOn: null, Newborn.FamilyCardNumber, RegionCode.Parse("74.02.42"),
        FatherIsRegistered: true, LetterIsUsed: false);

    [Theory]
    [InlineData("Nur'aini Sao-Sao", "NURAINI SAO SAO", true)]
    [InlineData("Abd. Rahman  Latif", "abd rahman latif", true)]
    [InlineData("José", "JOSÉ", true)]
    [InlineData("Siti Aminah", "Siti Aminah, S.Pd.", false)]
    [InlineData("Muh. Akbar", "Muhammad Akbar", false)]
    [InlineData("Ahmad", "Achmad", false)]
    public void Names_are_compared_by_their_letters(string a, string b, bool same) =>
        ComparisonKey.Same(a, b).ShouldBe(same);

    [Theory]
    [InlineData("2010-11-22", 16)]
    [InlineData("2010-11-23", 15)]
    [InlineData("2008-02-29", 18)]
    public void Ages_are_full_years(string born, int age) => Age.On(Date(born), Today).ShouldBe(age);

    [Fact]
    public void Who_is_born_on_a_leap_day_has_the_birthday_on_the_28th() =>
        (Age.On(new DateOnly(2020, 2, 29), new DateOnly(2025, 2, 27)), Age.On(
            new DateOnly(2020, 2, 29), new DateOnly(2025, 2, 28))).ShouldBe((4, 5));

    [Fact]
    public void A_birth_that_fits_the_register_has_nothing_against_it() =>
        Requirements(Newborn, Mother).ShouldBeEmpty();

    [Fact]
    public void Everything_that_stands_against_a_birth_is_said_at_once() =>
        Requirements(Newborn with { BirthDate = Today.AddYears(-2) }, Mother with
        {
            MotherFamilyCard = null,
            LetterIsUsed = true,
            FatherIsRegistered = false,
            MotherDeceasedOn = Today.AddYears(-3)
        })
            .ShouldBe(["mother-in-family-card", "marriage-proof", "birth-letter-unused", "birth-date-plausible"]);

    [Theory]
    [InlineData(-60, null, false)]
    [InlineData(-61, null, true)]
    [InlineData(-61, "470/12/2026", false)]
    public void A_late_report_waits_for_its_approval_and_is_not_refused(int days, string? approval, bool waits)
    {
        Requirements(Newborn with { BirthDate = Today.AddDays(days), LateReportApproval = approval }, Mother)
            .ShouldBeEmpty();
        BirthRules.Corrections(Today.AddDays(days), approval, Today, Rules).Select(r => (r.Requirement, r.Pointer))
            .ShouldBe(waits ? [("reported-in-time", "/lateReportApproval")] : []);
    }

    [Theory]
    [InlineData("1995-11-02", true)]
    [InlineData("1995-11-03", false)]
    [InlineData("2046-11-02", false)]
    public void A_mother_is_of_a_plausible_age(string born, bool refused) =>
        BirthRules.Refusals(
            Newborn with { BirthDate = Date(born), LateReportApproval = "1" }, Mother, Date("2047-01-01"), Rules)
            .Any(r => r.Requirement == "birth-date-plausible").ShouldBe(refused);

    [Theory]
    [InlineData("2024-01-10", "2029-01-10")]
    [InlineData("2015-01-10", "2032-01-09")]
    [InlineData("2024-02-29", "2029-02-28")]
    public void A_child_card_ends_at_five_or_the_day_before_seventeen(string born, string until) =>
        ChildCardRules.ValidUntil(Date(born), Today, Ages).ShouldBe(Date(until));

    [Theory]
    [InlineData("74.02.42", "2026-01-05", Sex.Male, "740242050126")]
    [InlineData("74.02.42", "2026-01-31", Sex.Female, "740242710126")]
    [InlineData("74.02.42.1001", "2026-12-01", Sex.Female, "740242411226")]
    public void A_NIK_begins_with_district_day_and_sex(string region, string born, Sex sex, string stem) =>
        NikSerial.StemOf(RegionCode.Parse(region), Date(born), sex).ShouldBe(stem);

    [Fact]
    public void A_NIK_is_given_out_in_a_district() =>
        Should.Throw<ArgumentException>(() => NikSerial.StemOf(RegionCode.Parse("74.02"), Today, Sex.Male));

    [Fact]
    public void A_field_that_is_not_claimed_is_not_checked() =>
        IdentityCheck.Compare(new IdentityClaim("erni putri rauf", BirthDate: null, FamilyCardNumber: null),
            new RegisteredIdentity("Erni Putri Rauf", Today, "x", DeceasedOn: null))
            .ShouldBe(new IdentityFields(FieldMatch.Match, FieldMatch.NotChecked, FieldMatch.NotChecked));

    private static IEnumerable<string> Requirements(BirthInput input, BirthFacts? mother) =>
        BirthRules.Refusals(input, mother, Today, Rules).Select(r => r.Requirement);

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
