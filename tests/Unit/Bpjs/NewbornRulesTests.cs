using Mpp.Bpjs.Members;
using Mpp.Bpjs.Newborns;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Bpjs;

public sealed class NewbornRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly NewbornRulebook Rules = NewbornRulebook.Load();
    private static readonly MotherMembership Insured = new(ParticipantStatus.Active, Segment.Pbpu);

    private static readonly NewbornInput Baby = new()
    {
        MotherNik = Nik.Parse("7402025203990001"),
        ChildName = "Aisyah",
        BirthDate = new(2026, 11, 10),
        BirthLetterNumber = "SKL/12/2026",
        FamilyCardNumber = "7402021203200001",
    };

    [Fact]
    public void The_baby_of_an_insured_mother_is_not_refused() => Codes(Baby, Insured).ShouldBeEmpty();

    [Fact]
    public void The_mother_must_be_a_member_and_a_membership_that_rests_can_be_mended()
    {
        Codes(Baby, mother: null).ShouldBe(["mother-jkn-active"]);
        NewbornRules.Corrections(mother: null, Today, Rules).ShouldBeEmpty();
        var resting = Insured with { Status = ParticipantStatus.Inactive };
        Codes(Baby, resting).ShouldBeEmpty();
        NewbornRules.Corrections(resting, Today, Rules)
            .ShouldHaveSingleItem().Requirement.ShouldBe("mother-jkn-active");
        NewbornRules.Corrections(Insured, Today, Rules).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(22, false)]
    [InlineData(21, true)]
    public void Three_months_after_birth_is_the_last_day_without_a_NIK_and_no_reason_to_refuse(
        int day, bool needed)
    {
        var born = new DateOnly(2026, 8, day);
        NewbornRules.NeedsNik(born, Today, Rules).ShouldBe(needed);
        Codes(Baby with { BirthDate = born }, Insured).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_is_enrolled_before_birth() =>
        Codes(Baby with { BirthDate = Today.AddDays(1) }, Insured).ShouldBe(["newborn-is-born"]);

    [Fact]
    public void A_baby_is_enrolled_once() => Codes(Baby, Insured, enrolled: true).ShouldBe(["newborn-not-enrolled"]);

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = NewbornRules.Refusals(Today.AddDays(1), mother: null, alreadyEnrolled: true, Today, Rules);
        reasons.Select(r => r.Pointer).ShouldBe(["/motherNik", "/birthDate", "/birthLetterNumber"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis != null);
    }

    [Theory]
    [InlineData(Segment.Pbi, 1, EnrolmentStatus.Active)]
    [InlineData(Segment.Pbi, 7, EnrolmentStatus.Active)]
    [InlineData(Segment.Ppu, 3, EnrolmentStatus.Active)]
    [InlineData(Segment.Ppu, 4, EnrolmentStatus.AwaitingPremium)]
    [InlineData(Segment.Pbpu, 1, EnrolmentStatus.AwaitingPremium)]
    [InlineData(Segment.Bp, 1, EnrolmentStatus.AwaitingPremium)]
    internal void Cover_begins_at_once_where_the_state_pays_and_for_three_children_of_an_employee(
        Segment mother, int birthOrder, EnrolmentStatus status) =>
        NewbornRules.StatusFor(mother, birthOrder, Today, Rules).ShouldBe(status);

    [Fact]
    public void The_premium_is_due_28_days_and_the_NIK_three_months_after_birth()
    {
        NewbornRules.PremiumDueOn(Baby.BirthDate, Today, Rules).ShouldBe(new(2026, 12, 8));
        NewbornRules.NikDueOn(Baby.BirthDate, Today, Rules).ShouldBe(new(2027, 2, 10));
    }

    [Fact]
    public void Names_are_compared_without_case_and_spaces() =>
        TextKey.Of("  siti  AISYAH ").ShouldBe(TextKey.Of("Siti Aisyah"));

    [Fact]
    public void Membership_numbers_have_thirteen_digits() =>
        NewbornRules.MembershipNumber(42).ShouldBe("0003000000042");

    private static string[] Codes(NewbornInput input, MotherMembership? mother, bool enrolled = false) =>
        [.. NewbornRules.Refusals(input.BirthDate, mother, enrolled, Today, Rules).Select(r => r.Requirement)];
}
