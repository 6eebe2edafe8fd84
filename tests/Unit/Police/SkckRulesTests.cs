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
    public void Who_is_not_yet_seventeen_shows_another_identity_and_is_not_refused()
    {
        Corrections(Applicant with { BirthDate = Today.AddYears(-17) }).ShouldBeEmpty();
        var minor = Applicant with { BirthDate = Today.AddYears(-17).AddDays(1) };
        Codes(minor).ShouldBeEmpty();
        Corrections(minor).ShouldBe(["identity-document"]);
        Corrections(minor with { IdentityDocument = "7402-KIA-01012020-0001" }).ShouldBeEmpty();
    }

    [Fact]
    public void An_open_case_is_an_officers_matter_and_no_refusal()
    {
        Codes(Applicant, openRecord: true).ShouldBeEmpty();
        SkckRules.NeedsOfficer(Case(Applicant, openRecord: true, Today)).ShouldBeTrue();
        SkckRules.NeedsOfficer(Case(Applicant, openRecord: false, Today)).ShouldBeFalse();
    }

    [Fact]
    public void The_paper_of_a_zero_tariff_is_looked_at_by_an_officer_and_there_was_none_before_2021()
    {
        var poor = Applicant with { FeeWaiver = new() { Ground = FeeWaiverGround.Poor, Proof = "SKTM/1/2026" } };
        Corrections(poor).ShouldBeEmpty();
        SkckRules.NeedsOfficer(Case(poor, openRecord: false, Today)).ShouldBeTrue();
        SkckRules.NoWaiver(FeeWaiverGround.Poor, new(2021, 1, 19), Rules)
            .ShouldNotBeNull().Pointer.ShouldBe("/feeWaiver");
    }

    [Theory]
    [InlineData("2025-11-22", true)]
    [InlineData("2025-11-21", false)]
    public void An_SKCK_is_extended_until_a_year_after_its_end_by_its_holder(string ended, bool extended)
    {
        var input = Applicant with { Extends = "SKCK/1/XI/2025/SEK" };
        var file = Case(input, openRecord: false, Today) with { Extends = Certificate(input.Nik, Day(ended)) };
        (SkckRules.NothingToExtend(file, Rules) is null).ShouldBe(extended);
        SkckRules.NothingToExtend(file with { Extends = Certificate(Nik.Parse("7402021203990002"), Today) }, Rules)
            .ShouldNotBeNull("it is somebody else's").Pointer.ShouldBe("/extends");
        SkckRules.NothingToExtend(file with { Extends = null }, Rules).ShouldNotBeNull("there is none");
    }

    [Theory]
    [InlineData("2025-09-21", false, SkckLevel.Polsek)]
    [InlineData("2025-09-22", false, SkckLevel.Polres)]
    [InlineData("2025-09-22", true, SkckLevel.Polsek)]
    internal void Sectors_issue_until_they_were_told_to_stop_and_where_they_go_on(
        string day, bool goingOn, SkckLevel level) =>
        SkckRules.LevelFor(
            SkckPurpose.PrivateEmployment, Konawe, goingOn ? [Konawe] : null, Day(day), Rules).ShouldBe(level);

    [Fact]
    public void The_office_that_is_competent_is_named()
    {
        SkckRules.Refusals(Case(Applicant with { Purpose = SkckPurpose.OverseasEmployment }, openRecord: false, Today),
            Rules).ShouldHaveSingleItem().Text.En.ShouldContain("Polda Sulawesi Tenggara");
        SkckRules.Refusals(Case(Applicant with { Purpose = SkckPurpose.PermanentResidence }, openRecord: false, Today),
            Rules).ShouldHaveSingleItem().Text.En.ShouldContain("Baintelkam");
        Units.OfficeFor(SkckLevel.Polda, RegionCode.Parse("11.01")).ShouldBeNull("its name is not known here");
    }

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
    [InlineData("private-employment", "polres")]
    [InlineData("village-office", "polres")]
    [InlineData("school", "polres")]
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
        var unit = Case(input, openRecord: false, Today).Unit;
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
            .ShouldBe(["issuing-level", "identity-document", "jkn-active-or-proof"]);
        reasons.Select(r => r.Pointer).ShouldBe(["/purpose", "/identityDocument", "/jknProof"]);
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

    private static SkckCase Case(SkckInput input, bool openRecord, DateOnly today)
    {
        var level = SkckRules.LevelFor(input.Purpose, Konawe, goingOn: null, today, Rules);
        return new(input, openRecord, level, Units.For(level, Konawe, input.Nik.Region),
            Units.OfficeFor(level, Konawe), DomicileRule: false, Konawe, today);
    }

    private static SkckCertificate Certificate(Nik holder, DateOnly validUntil) => new()
    {
        Id = Guid.Empty,
        Number = "SKCK/1/XI/2025/SEK",
        Unit = "unit",
        Month = new(validUntil.Year, 1, 1),
        Serial = 1,
        HolderNik = holder,
        HolderName = Applicant.Name,
        HolderBirthDate = Applicant.BirthDate,
        Purpose = SkckPurpose.School,
        Level = SkckLevel.Polres,
        StatesRecord = false,
        JknStatus = JknStatus.Active,
        IssuedOn = validUntil.AddMonths(-6),
        ValidUntil = validUntil,
        FeeRupiah = 30_000,
        ApplicationId = Guid.Empty,
        StepId = "skck",
    };

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
