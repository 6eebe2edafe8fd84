using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>What becomes of a fee when the step does not go as it should.</summary>
public sealed class MoneyTests
{
    private static readonly JsonElement NoChanges = JsonElement.Parse("{}");

    [Fact]
    public void Money_for_a_step_that_is_refused_is_paid_back()
    {
        var birth = Paid();

        birth.Refuse("enrolment");

        ShouldBeDue(birth, 1);
    }

    [Fact]
    public void Money_for_an_examination_is_kept_when_it_ends_in_a_refusal_and_not_when_it_does_not_take_place()
    {
        var refused = Paid(keptIfRefused: true);
        refused.Refuse("enrolment");
        refused.State.Step("enrolment").Fee!.RefundDue.ShouldBeFalse();
        refused.Last.Effects.OfType<Effect.Send<WithdrawFee>>().ShouldBeEmpty();

        var skipped = Paid(keptIfRefused: true);
        skipped.Decide(new Input.Skip("enrolment", "not needed", World.Operator));
        ShouldBeDue(skipped, 1);
    }

    [Fact]
    public void Money_for_a_step_that_is_skipped_is_paid_back()
    {
        var birth = Paid();

        birth.Decide(new Input.Skip("enrolment", "not needed", World.Operator));

        ShouldBeDue(birth, 1);
    }

    [Fact]
    public void Money_for_a_step_that_is_cancelled_is_paid_back_when_its_agency_agrees()
    {
        var birth = Paid();
        birth.Decide(new Input.Cancel(Reason: null, World.Applicant));
        birth.State.Step("enrolment").Fee!.RefundDue.ShouldBeFalse("it may be kept");

        Cancelled(birth, "enrolment");

        ShouldBeDue(birth, 1);
    }

    [Fact]
    public void Money_for_what_was_issued_stays_also_when_that_is_cancelled()
    {
        var birth = Paid();
        birth.Complete("enrolment");
        birth.Decide(new Input.Cancel(Reason: null, World.Applicant));

        Cancelled(birth, "enrolment");

        birth.State.Step("enrolment").Status.ShouldBe(StepStatus.Cancelled);
        birth.State.Step("enrolment").Fee!.RefundDue.ShouldBeFalse();
    }

    [Fact]
    public void Money_that_is_due_stays_on_the_worklist_when_the_step_is_filed_again()
    {
        var birth = Paid();
        birth.Refuse("enrolment");
        birth.Decide(new Input.Refile("enrolment", NoChanges, World.Applicant));
        birth.State.Step("enrolment").Attempt.ShouldBe(2);

        birth.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.RefundDue]);

        birth.AskFee("enrolment", attempt: 2);
        birth.State.Step("enrolment").Fee!.Paid.ShouldBeFalse("the new file has a fee of its own");
        PaidBack(birth, attempt: 1);
        birth.State.Step("enrolment").Matters.ShouldBeEmpty();
    }

    [Fact]
    public void Money_for_an_earlier_attempt_is_somebodys_too()
    {
        var birth = Asked();
        birth.Refuse("enrolment");
        birth.Decide(new Input.Refile("enrolment", NoChanges, World.Applicant));

        birth.Pay("enrolment", attempt: 1);

        birth.Last.Entries.ShouldHaveSingleItem().Event.ShouldBe(
            new Event.FeePaidTooLate("enrolment", 1, "820261122000017", 30_000));
        birth.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.RefundDue]);
        Withdrawn(birth).ShouldBe([Birth.Ref("enrolment")], "Payments hear that it is to be paid back");
    }

    [Fact]
    public void Money_that_the_bank_took_in_time_and_told_of_late_is_counted_or_paid_back()
    {
        var lapsed = Asked();
        Lapsed(lapsed);
        lapsed.State.Step("enrolment").Status.ShouldBe(StepStatus.Lapsed);
        lapsed.Pay("enrolment");
        lapsed.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.RefundDue]);
        Withdrawn(lapsed).ShouldBe([Birth.Ref("enrolment")]);

        var goesOn = Asked();
        goesOn.Pay("enrolment");
        Lapsed(goesOn);
        goesOn.State.Step("enrolment").Status.ShouldBe(StepStatus.InProgress, "the two came in the other order");
    }

    [Fact]
    public void A_refund_is_no_operators_word_but_Payments()
    {
        var birth = Paid();
        birth.Refuse("enrolment");

        birth.Decide(new Input.Close("enrolment", "transfer 118/2026", "paid back", World.Operator))
            .Denied.ShouldBe(Denial.RefundDue);
        birth.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.RefundDue]);
        Acts.Possible(birth.Definition.Steps.Single(s => s.Id == "enrolment"), birth.State.Step("enrolment"))
            .ShouldBeEmpty();

        PaidBack(birth, attempt: 1);
        birth.Last.Entries.ShouldHaveSingleItem().Event.ShouldBe(
            new Event.FeePaidBack("enrolment", 1, 30_000, "TRF-1", birth.Now));
        birth.State.Step("enrolment").Matters.ShouldBeEmpty();
        PaidBack(birth, attempt: 1);
        birth.Last.Entries.ShouldBeEmpty("it is known");
    }

    [Fact]
    public void That_money_was_paid_back_can_overtake_that_it_was_paid()
    {
        var birth = Asked();
        birth.Decide(new Input.Skip("enrolment", "not needed", World.Operator));

        PaidBack(birth, attempt: 1);
        birth.Last.Entries.Select(e => FlowJson.Kind(e.Event)).ShouldBe(["fee-paid-too-late", "fee-paid-back"]);
        birth.Pay("enrolment");

        birth.Last.Entries.ShouldBeEmpty();
        birth.State.Step("enrolment").Fee.ShouldSatisfyAllConditions(
            fee => fee!.PaidBack.ShouldBeTrue(), fee => fee!.RefundDue.ShouldBeFalse());
    }

    [Fact]
    public void What_comes_after_the_application_has_ended_is_told_and_nothing_else_follows_from_it()
    {
        var birth = Asked();
        birth.Refuse("father");
        birth.Refuse("enrolment");
        birth.State.Ended.ShouldBeTrue();

        birth.Pay("enrolment");
        birth.Last.Effects.Select(e => e.GetType()).ShouldBe(
            [typeof(Effect.Send<WithdrawFee>), typeof(Effect.Announce)]);
        Matters(birth).ShouldBe(["refund-due"]);
        PaidBack(birth, attempt: 1);
        Matters(birth).ShouldBeEmpty();
        birth.State.Step("enrolment").Fee!.PaidBack.ShouldBeTrue();

        static IReadOnlyList<string> Matters(Birth birth) => birth.Last.Effects.OfType<Effect.Announce>()
            .ShouldHaveSingleItem().Message.StepsInDetail.Single(s => s.Id == "enrolment").Matters;
    }

    [Fact]
    public void A_step_that_its_agency_keeps_can_still_be_paid_and_can_still_lapse()
    {
        var paid = Cancelling();
        Withdrawn(paid).ShouldBeEmpty("the bill stays until the agency agrees");
        Kept(paid);
        paid.State.Step("enrolment").Status.ShouldBe(StepStatus.AwaitingPayment);
        paid.Pay("enrolment");
        paid.State.Step("enrolment").Status.ShouldBe(StepStatus.InProgress);

        var lapsed = Cancelling();
        Kept(lapsed);
        Lapsed(lapsed);
        lapsed.State.Step("enrolment").Status.ShouldBe(StepStatus.Lapsed);
    }

    [Fact]
    public void A_bill_that_comes_while_the_agency_thinks_about_it_is_known_when_it_keeps_the_step()
    {
        var birth = Cancelling();
        birth.Decide(new Input.FeeBilled(new FeeBilled
        {
            Step = Birth.Ref("enrolment"),
            BillingCode = "820261122000017",
            ExpiresAt = birth.Now.AddDays(3)
        }));

        Kept(birth);

        birth.State.Step("enrolment").Fee!.BillingCode.ShouldBe("820261122000017");
    }

    [Fact]
    public void Money_that_comes_while_the_agency_thinks_about_it_counts_if_it_keeps_the_step()
    {
        var kept = Cancelling();
        kept.Pay("enrolment");
        kept.Last.Effects.OfType<Effect.Send<FeePaid>>().Count().ShouldBe(1, "the agency knows what it decides about");
        kept.State.Step("enrolment").Status.ShouldBe(StepStatus.Cancelling);
        Kept(kept);
        kept.State.Step("enrolment").Status.ShouldBe(StepStatus.InProgress);

        var cancelled = Cancelling();
        cancelled.Pay("enrolment");
        Cancelled(cancelled, "enrolment");
        ShouldBeDue(cancelled, 1);
    }

    [Fact]
    public void A_bill_leaves_with_the_step_that_its_agency_withdraws()
    {
        var birth = Cancelling();

        Cancelled(birth, "enrolment");

        Withdrawn(birth).ShouldBe([Birth.Ref("enrolment")]);
    }

    private static void ShouldBeDue(Birth birth, int attempt)
    {
        birth.Last.Entries.Select(e => e.Event).ShouldContain(new Event.FeeRefundDue("enrolment", attempt, 30_000));
        birth.State.Step("enrolment").Fee!.RefundDue.ShouldBeTrue();
        birth.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.RefundDue]);
        Withdrawn(birth).ShouldBe([Birth.Ref("enrolment", attempt)], "Payments hear that it is to be paid back");
    }

    private static Birth Asked(bool keptIfRefused = false)
    {
        var birth = new Birth();
        birth.Complete("mother");
        birth.AskFee("enrolment", keptIfRefused: keptIfRefused);
        return birth;
    }

    private static Birth Paid(bool keptIfRefused = false)
    {
        var birth = Asked(keptIfRefused);
        birth.Pay("enrolment");
        return birth;
    }

    /// <summary>Its agency is asked to withdraw a step that waits for money.</summary>
    private static Birth Cancelling()
    {
        var birth = Asked();
        birth.Decide(new Input.Cancel(Reason: null, World.Applicant));
        birth.State.Step("enrolment").Status.ShouldBe(StepStatus.Cancelling);
        return birth;
    }

    private static void Cancelled(Birth birth, string step) =>
        birth.Decide(new Input.StepCancelled(new StepCancelled { Step = Birth.Ref(step) }));

    private static void Kept(Birth birth) => birth.Decide(new Input.StepCancellationRefused(
        new StepCancellationRefused { Step = Birth.Ref("enrolment"), Reasons = [new("printed", new("", ""))] }));

    private static void Lapsed(Birth birth) =>
        birth.Decide(new Input.FeeLapsed(new FeeLapsed { Step = Birth.Ref("enrolment") }));

    private static void PaidBack(Birth birth, int attempt) => birth.Decide(new Input.FeePaidBack(new FeePaidBack
    {
        Step = Birth.Ref("enrolment", attempt),
        BillingCode = "820261122000017",
        AmountRupiah = 30_000,
        Reference = "TRF-1",
        PaidBackAt = birth.Now
    }));

    private static IEnumerable<StepRef> Withdrawn(Birth birth) =>
        birth.Last.Effects.OfType<Effect.Send<WithdrawFee>>().Select(e => e.Message.Step);
}
