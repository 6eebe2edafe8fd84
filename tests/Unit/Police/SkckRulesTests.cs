using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Police.Skck;
using Shouldly;

namespace Mpp.Unit.Police;

public sealed class SkckRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");
    private static readonly SkckRulebook Rules = SkckRulebook.Load();
    private static readonly IssuingUnits Units = IssuingUnits.Load();

    private static readonly SkckInput Applicant = new()
    {
        Nik = Nik.Parse("7402021203990001"),
        Name = "Sitti Rahma",
        BirthDate = new(1999, 3, 12),
        Purpose = SkckPurpose.PrivateEmployment,
        JknStatus = JknStatus.Active,
    };

    [Fact]
    public void An_adult_with_active_JKN_and_no_open_case_is_not_refused() => Codes(Applicant).ShouldBeEmpty();

    [Fact]
    public void A_person_turns_seventeen_on_the_birthday()
    {
        Codes(Applicant with { BirthDate = Today.AddYears(-17) }).ShouldBeEmpty();
        Codes(Applicant with { BirthDate = Today.AddYears(-17).AddDays(1) }).ShouldBe(["age-17"]);
    }

    [Fact]
    public void An_open_case_refuses() => Codes(Applicant, openRecord: true).ShouldBe(["no-open-record"]);

    [Theory]
    [InlineData("inactive", null, true)]
    [InlineData("not-registered", null, true)]
    [InlineData("inactive", "  ", true)]
    [InlineData("inactive", "VA 8888801234567890", false)]
    [InlineData("not-registered", "VA 8888801234567890", false)]
    public void JKN_that_is_not_active_needs_proof_only_which_can_be_given_later(
        string status, string? proof, bool asked)
    {
        var input = Applicant with
        {
            JknStatus = status == "inactive" ? JknStatus.Inactive : JknStatus.NotRegistered,
            JknProof = proof
        };
        Codes(input).ShouldBeEmpty();
        Corrections(input).ShouldBe(asked ? ["jkn-active-or-proof"] : []);
    }

    [Fact]
    public void JKN_was_not_asked_for_before_August_2024() =>
        Corrections(Applicant with { JknStatus = JknStatus.Inactive }, today: new(2024, 7, 31)).ShouldBeEmpty();

    [Theory]
    [InlineData("private-employment", "polsek")]
    [InlineData("village-office", "polsek")]
    [InlineData("school", "polsek")]
    [InlineData("civil-service", "polres")]
    [InlineData("overseas-employment", null)]
    [InlineData("permanent-residence", null)]
    public void The_purpose_decides_who_issues_and_province_and_headquarters_are_not_at_the_mall(
        string purpose, string? level)
    {
        var input = Applicant with
        {
            Purpose = Enum.Parse<SkckPurpose>(purpose.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)
        };
        var unit = Unit(input, Today);
        unit?.Level.ToString().ToLowerInvariant().ShouldBe(level);
        Codes(input).ShouldBe(level is null ? ["issuing-level"] : []);
    }

    [Fact]
    public void Every_hindrance_is_named_at_once_in_two_languages_with_law_and_place()
    {
        var input = Applicant with
        {
            BirthDate = Today.AddYears(-16),
            Purpose = SkckPurpose.PermanentResidence,
            JknStatus = JknStatus.Inactive
        };
        var file = Case(input, openRecord: true, Today);
        IReadOnlyList<StepReason> reasons = [.. SkckRules.Refusals(file, Rules), .. SkckRules.Corrections(file, Rules)];
        reasons.Select(r => r.Requirement)
            .ShouldBe(["age-17", "issuing-level", "no-open-record", "jkn-active-or-proof"]);
        reasons.Select(r => r.Pointer).ShouldBe(["/birthDate", "/purpose", "/nik", "/jknProof"]);
        foreach (var reason in reasons)
        {
            reason.Text.Id.ShouldNotBeNullOrWhiteSpace();
            reason.Text.En.ShouldNotBeNullOrWhiteSpace();
            reason.LegalBasis.ShouldNotBeNullOrWhiteSpace();
            reason.Text.ToString().ShouldNotContain(input.Nik.Value);
        }
    }

    [Fact]
    public void Where_the_domicile_rule_is_on_an_unknown_address_is_asked_for()
    {
        var elsewhere = Case(Applicant with { Nik = Nik.Parse("7371021203990001") }, openRecord: false, Today);
        SkckRules.Domicile(elsewhere).ShouldBeNull("the rule is off");
        SkckRules.Domicile(elsewhere with { DomicileRule = true }).ShouldNotBeNull().Pointer.ShouldBe("/domicile");
        SkckRules.Domicile(elsewhere with { DomicileRule = true, Input = elsewhere.Input with { Domicile = Konawe } })
            .ShouldBeNull();
        SkckRules.Domicile(Case(Applicant, openRecord: false, Today) with { DomicileRule = true })
            .ShouldBeNull("the NIK was issued here");
    }

    [Fact]
    public void The_domicile_rule_is_off_since_the_pilot()
    {
        Rules.Domicile.Single(p => p.From <= new DateOnly(2025, 10, 12) && p.Until >= new DateOnly(2025, 10, 12)).Value
            .ShouldBeTrue();
        Rules.Domicile.Single(p => p.From <= Today && p.Until is null).Value.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-11-22", "2027-05-22")]
    [InlineData("2026-08-31", "2027-02-28")]
    public void It_is_valid_for_six_months(string issued, string until) =>
        SkckRules.ValidUntil(Day(issued), Rules).ShouldBe(Day(until));

    private static string[] Codes(SkckInput input, bool openRecord = false, DateOnly? today = null) =>
        [.. SkckRules.Refusals(Case(input, openRecord, today ?? Today), Rules).Select(r => r.Requirement)];

    private static string[] Corrections(SkckInput input, DateOnly? today = null) =>
        [.. SkckRules.Corrections(Case(input, openRecord: false, today ?? Today), Rules).Select(r => r.Requirement)];

    private static SkckCase Case(SkckInput input, bool openRecord, DateOnly today) =>
        new(input, openRecord, Unit(input, today), DomicileRule: false, Konawe, today);

    private static IssuingUnit? Unit(SkckInput input, DateOnly today) =>
        Units.For(Rules.Levels.Single(l => l.From <= today).Value[input.Purpose], Konawe, input.Nik.Region);

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
