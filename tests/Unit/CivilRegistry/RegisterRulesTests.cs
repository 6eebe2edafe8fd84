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

    private static readonly ParentFacts Mother = new(
        Sex.Female, new DateOnly(1985, 11, 3), DeceasedOn: null, MaritalStatus.Married, Newborn.FamilyCardNumber,
        RegionCode.Parse("74.02.42"));

    private static readonly ParentFacts Father =
        Mother with { Sex = Sex.Male, BirthDate = new DateOnly(1980, 2, 1) };

    private static readonly BirthFacts Known =
        new(Mother, Father: null, LetterIsUsed: false, Siblings: [], Witnesses: new HashSet<Nik>());

    private static readonly BirthInput WithFather = Newborn with { FatherNik = Nik.Parse("7402420102800001") };

    [Theory]
    [InlineData("Nur'aini Sao-Sao", "NURAINI SAO SAO", true)]
    [InlineData("Abd. Rahman  Latif", "abd rahman latif", true)]
    [InlineData("José", "JOSÉ", true)]
    [InlineData("Siti Aminah", "Siti Aminah, S.Pd.", false)]
    [InlineData("Muh. Akbar", "Muhammad Akbar", false)]
    [InlineData("Ahmad", "Achmad", false)]
    public void Names_are_compared_by_their_letters(string a, string b, bool same) =>
        TextKey.Same(a, b).ShouldBe(same);

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
        Requirements(Newborn, Known).ShouldBeEmpty();

    [Fact]
    public void Everything_that_stands_against_a_birth_is_said_at_once() =>
        Requirements(WithFather with { BirthDate = Today.AddYears(-2) }, Known with
        {
            Mother = Mother with { FamilyCard = null, DeceasedOn = Today.AddYears(-3) },
            LetterIsUsed = true,
        })
            .ShouldBe(["mother-in-family-card", "parents-plausible", "birth-letter-unused", "birth-date-plausible"]);

    [Theory]
    [InlineData(-60, null, false)]
    [InlineData(-61, null, true)]
    [InlineData(-61, "470/12/2026", false)]
    public void A_late_report_is_the_offices_own_matter_with_the_same_papers(int days, string? approval, bool officer)
    {
        var late = Newborn with { BirthDate = Today.AddDays(days), LateReportApproval = approval };
        Requirements(late, Known).ShouldBeEmpty();
        BirthRules.Corrections(late, Known, Today, Rules).ShouldBeEmpty();
        BirthRules.NeedsOfficer(late, Known, Today, Rules).ShouldBe(officer);
    }

    [Theory]
    [InlineData("1995-11-02", true)]
    [InlineData("1995-11-03", false)]
    [InlineData("2046-11-02", false)]
    public void A_mother_is_of_a_plausible_age(string born, bool refused) =>
        BirthRules.Refusals(
            Newborn with { BirthDate = Date(born), LateReportApproval = "1" }, Known, Date("2047-01-01"), Rules)
            .Any(r => r.Requirement == "birth-date-plausible").ShouldBe(refused);

    [Fact]
    public void A_mother_is_a_woman_and_a_father_a_man_of_an_age_and_they_are_two()
    {
        Pointers(Newborn, Known with { Mother = Mother with { Sex = Sex.Male } }).ShouldBe(["/motherNik"]);
        Pointers(WithFather, Known with { Father = Father }).ShouldBeEmpty();
        Pointers(WithFather, Known with { Father = Father with { Sex = Sex.Female } }).ShouldBe(["/fatherNik"]);
        Pointers(WithFather, Known with { Father = Father with { BirthDate = Today.AddYears(-9) } })
            .ShouldBe(["/fatherNik"]);
        Pointers(WithFather, Known).ShouldBe(["/fatherNik"], "he is not registered");
        Pointers(Newborn with { FatherNik = Newborn.MotherNik }, Known with { Father = Mother })
            .ShouldBe(["/fatherNik"]);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_father_may_have_died_before_the_birth(int days, bool named) =>
        Pointers(WithFather, Known with { Father = Father with { DeceasedOn = WithFather.BirthDate.AddDays(days) } })
            .Any().ShouldBe(!named);

    [Fact]
    public void The_child_of_a_mother_who_died_at_the_birth_goes_on_the_fathers_card()
    {
        var dead = Mother with { DeceasedOn = WithFather.BirthDate, FamilyCard = null, CardRegion = null };
        var facts = Known with { Mother = dead, Father = Father };
        Requirements(WithFather, facts).ShouldBeEmpty();
        BirthRules.District(WithFather, facts).ShouldBe(Father.CardRegion!.Value);
        Requirements(Newborn, Known with { Mother = dead }).ShouldBe(["mother-in-family-card"]);
    }

    [Fact]
    public void Parents_whom_the_register_does_not_have_as_a_couple_give_a_paper_of_their_marriage()
    {
        var couple = Known with { Father = Father };
        Papers(WithFather, couple).ShouldBeEmpty();
        Papers(Newborn, Known).ShouldBeEmpty("no father is named");
        var widow = couple with { Father = Father with { FamilyCard = null, DeceasedOn = Today.AddDays(-90) } };
        Papers(WithFather, widow).ShouldBe([("marriage-proof", "/marriage")]);
        var book = new MarriageProof { Proof = MarriageProofKind.MarriageBook, Number = "12/3/2019" };
        Papers(WithFather with { Marriage = book }, widow).ShouldBeEmpty();
    }

    [Fact]
    public void A_statement_needs_two_witnesses_who_are_known_and_not_the_parents()
    {
        Nik[] two = [Nik.Parse("7402020101700001"), Nik.Parse("7402020101700002")];
        var facts = Known with { Father = Father with { FamilyCard = null }, Witnesses = two.ToHashSet() };
        var statement = new MarriageProof { Proof = MarriageProofKind.Statement, Number = "1", Witnesses = two };
        Papers(WithFather with { Marriage = statement }, facts).ShouldBeEmpty();
        foreach (var witnesses in (Nik[][])[[two[0]], [two[0], two[0]], [two[0], WithFather.FatherNik!.Value]])
        {
            Papers(WithFather with { Marriage = statement with { Witnesses = witnesses } }, facts)
                .ShouldBe([("marriage-proof", "/marriage")]);
            Papers(Newborn with { BirthLetterKind = BirthLetterKind.Statement, BirthWitnesses = witnesses }, Known with
            {
                Witnesses = facts.Witnesses
            }).ShouldBe([("birth-letter-or-statement", "/birthWitnesses")]);
        }

        Papers(WithFather with { Marriage = statement }, facts with { Witnesses = new HashSet<Nik>() })
            .ShouldBe([("marriage-proof", "/marriage")], "nobody knows them");
    }

    [Theory]
    [InlineData("Ahmad Fauzan", 0, true)]
    [InlineData("ahmad  fauzan", 0, true)]
    [InlineData("Siti Aminah", 0, false)]
    [InlineData("Siti Aminah", 1, false)]
    [InlineData("Siti Aminah", 2, true)]
    [InlineData("Siti Aminah", 150, true)]
    [InlineData("Siti Aminah", 190, false)]
    public void The_same_child_again_and_births_within_months_go_to_an_officer_and_twins_do_not(
        string sibling, int daysBefore, bool officer) =>
        BirthRules.NeedsOfficer(
            Newborn, Known with { Siblings = [new(sibling, Newborn.BirthDate.AddDays(-daysBefore))] }, Today, Rules)
            .ShouldBe(officer);

    [Theory]
    [InlineData("Ahmad Fauzan", true)]
    [InlineData("Fauzan", true)]
    [InlineData("I Made Wijaya", true)]
    [InlineData("Ahmad Fauzan 2", false)]
    [InlineData("Nur'aini", false)]
    [InlineData("Sao-Sao", false)]
    [InlineData("Muh. Akbar", false)]
    [InlineData("M Akbar", false)]
    [InlineData("Dr Ahmad Fauzan", false)]
    [InlineData("José", false)]
    [InlineData("ㅤ", false)]
    public void A_name_for_the_register_has_letters_only_and_no_title(string name, bool good) =>
        (BirthRules.NameFault(name, Today, Rules) is null).ShouldBe(good);

    [Fact]
    public void A_name_for_the_register_has_sixty_letters_at_most()
    {
        BirthRules.NameFault(new string('a', 60), Today, Rules).ShouldBeNull();
        BirthRules.NameFault(new string('a', 61), Today, Rules).ShouldNotBeNull().Pointer.ShouldBe("/childName");
    }

    [Fact]
    public void A_parent_need_only_have_lived_when_the_child_was_conceived()
    {
        var registered = new RegisteredIdentity("Erni", Today.AddYears(-30), "x", DeceasedOn: Today.AddDays(-100));
        var fields = new IdentityFields(FieldMatch.Match, FieldMatch.Match, FieldMatch.NotChecked);
        IdentityCheck.Reasons(registered, fields).ShouldHaveSingleItem().Requirement.ShouldBe("person-alive");
        IdentityCheck.Reasons(registered, fields, livedOn: Today.AddDays(-100)).ShouldBeEmpty();
        IdentityCheck.Reasons(registered, fields, livedOn: Today.AddDays(-99)).ShouldNotBeEmpty();
    }

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

    private static IEnumerable<string> Requirements(BirthInput input, BirthFacts? facts) =>
        BirthRules.Refusals(input, facts, Today, Rules).Select(r => r.Requirement);

    private static IEnumerable<string?> Pointers(BirthInput input, BirthFacts facts) =>
        BirthRules.Refusals(input, facts, Today, Rules)
            .Where(r => r.Requirement == "parents-plausible").Select(r => r.Pointer);

    private static IEnumerable<(string, string?)> Papers(BirthInput input, BirthFacts facts) =>
        BirthRules.Corrections(input, facts, Today, Rules).Select(r => (r.Requirement, r.Pointer));

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
