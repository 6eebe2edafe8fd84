using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

public sealed class DeciderTests
{
    [Fact]
    public void Steps_without_needs_are_requested_at_once_and_the_others_in_their_turn()
    {
        var birth = new Birth();
        Requested(birth.Last).ShouldBe(["mother", "father"]);
        Requested(birth.Complete("mother")).ShouldBe(["enrolment"]);
        Requested(birth.Complete("father")).ShouldBe(["certificate"]);
        Requested(birth.Complete("certificate")).ShouldBe(["card"]);
        birth.Complete("card");
        birth.State.Status.ShouldBe(ApplicationStatus.InProgress);
        birth.Complete("enrolment").Effects.ShouldContain(new Effect.SetAlarm(birth.State.EraseAt!.Value));
        birth.State.Status.ShouldBe(ApplicationStatus.Completed);
    }

    [Fact]
    public void The_output_of_one_agency_reaches_the_next_and_nothing_else_does()
    {
        var birth = new Birth();
        birth.Complete("mother", new { secret = "S" });
        birth.Complete("father");
        birth.Complete("certificate", new { childNik = "7402012211260001", certificateNumber = "C" }).Effects
            .OfType<Effect.Send<StepRequest>>().Single()
            .Message.Inputs.GetRawText().ShouldBe("""{"memberNik":"7402012211260001"}""");
    }

    [Fact]
    public void A_step_that_does_not_apply_frees_those_that_need_it()
    {
        var birth = new Birth(father: false);
        birth.State.Step("father").Skipped.ShouldBe(SkipReason.NotApplicable);
        Requested(birth.Complete("mother")).ShouldBe(["certificate", "enrolment"]);
    }

    [Fact]
    public void A_refusal_that_fails_the_application_lets_the_steps_in_hand_come_to_their_end()
    {
        var birth = new Birth();
        birth.Refuse("mother");
        birth.State.Step("certificate").Skipped.ShouldBe(SkipReason.NeedRefused);
        birth.State.Ended.ShouldBeFalse();
        birth.Complete("father").Effects.OfType<Effect.Send<StepRequest>>().ShouldBeEmpty();
        birth.State.Status.ShouldBe(ApplicationStatus.Refused);
    }

    [Fact]
    public void A_refusal_that_skips_dependents_leaves_the_application_completed_in_part()
    {
        var birth = new Birth();
        birth.Complete("mother");
        birth.Complete("father");
        birth.Refuse("enrolment");
        birth.Complete("certificate");
        birth.Complete("card");
        birth.State.Status.ShouldBe(ApplicationStatus.CompletedInPart);
    }

    [Fact]
    public void After_the_pivot_a_refusal_no_longer_fails_the_application()
    {
        var birth = new Birth();
        birth.Complete("mother");
        birth.Complete("father");
        birth.Complete("certificate");
        birth.Refuse("card");
        birth.Complete("enrolment");
        birth.State.Status.ShouldBe(ApplicationStatus.CompletedInPart);
    }

    [Fact]
    public void A_silent_agency_makes_the_step_stalled_and_its_late_reply_still_counts()
    {
        var birth = new Birth();
        birth.Last.Effects.ShouldContain(new Effect.SetAlarm(birth.Now.AddHours(1)));
        birth.Now = birth.Now.AddHours(1);
        birth.Alarm().Effects.OfType<Effect.SetAlarm>().ShouldBeEmpty();
        birth.State.Step("mother").Status.ShouldBe(StepStatus.Stalled);
        Requested(birth.Complete("mother")).ShouldBe(["enrolment"]);
        birth.State.Step("mother").Status.ShouldBe(StepStatus.Completed);
    }

    [Fact]
    public void An_alarm_that_goes_off_too_early_sets_the_next_and_changes_nothing()
    {
        var birth = new Birth(father: false);
        var first = birth.Now.AddHours(1);
        birth.Now = birth.Now.AddMinutes(30);
        birth.Complete("mother").Effects
            .OfType<Effect.SetAlarm>().ShouldBeEmpty("the alarm that is set comes early enough");
        birth.Now = first;
        birth.Alarm().Effects.ShouldBe([new Effect.SetAlarm(first.AddMinutes(30))]);
        birth.Last.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_step_in_hand_stalls_after_the_time_its_agency_named()
    {
        var birth = new Birth();
        birth.Accept("mother", birth.Now.AddHours(5));
        birth.State.Step("mother").StallsAt.ShouldBe(birth.Now.AddHours(5));
        birth.Accept("father", birth.Now.AddHours(-5));
        birth.State.Step("father").StallsAt.ShouldBe(birth.Now.AddDays(3), "a time in the past counts as none");
    }

    [Fact]
    public void Acceptance_that_comes_after_the_outcome_is_noted_once_and_changes_nothing()
    {
        var birth = new Birth();
        birth.Complete("mother");
        var before = birth.State.Steps;
        birth.Accept("mother").Entries
            .Single().Event.ShouldBe(new Event.ReplyIgnored("mother", 1, "step-accepted", IgnoredBecause.Late));
        birth.Last.Effects.ShouldBeEmpty();
        birth.Accept("mother").Entries.ShouldBeEmpty();
        birth.State.Steps.ShouldBe(before);
    }

    [Fact]
    public void A_reply_that_does_not_fit_goes_back_to_its_agency_and_to_an_operator()
    {
        var birth = new Birth();
        var faults = new[] { new ReplyFault("/outputs", "invalid", "") };
        var unfit = new Input.RejectedReply(
            new Input.StepCompleted(new StepCompleted
            {
                Step = Birth.Ref("mother"),
                Outputs = JsonSerializer.SerializeToElement(new { nonsense = true }),
                Documents = [new("paper", "", new(2026, 11, 22), new(2026, 1, 1))],
            }),
            [.. faults]);

        birth.Decide(unfit).Entries.Single().Event
            .ShouldBeOfType<Event.ReplyRejected>().Reply.ShouldBe("step-completed");

        birth.Last.Effects.OfType<Effect.Send<ReplyRejected>>().Single().Message.Faults.ShouldBe(faults);
        var step = birth.State.Step("mother");
        (step.Status, step.NeedsOperator).ShouldBe((StepStatus.Requested, true));
        step.Documents.ShouldBeEmpty();
        birth.Complete("mother");
        birth.State.Step("mother").NeedsOperator.ShouldBeFalse("a reply that fits came after it");
        birth.Decide(unfit).Entries.Single().Event
            .ShouldBe(new Event.ReplyIgnored("mother", 1, "step-completed", IgnoredBecause.Late));
    }

    [Fact]
    public void An_agency_that_repeats_what_does_not_fit_is_not_answered_for_ever()
    {
        var birth = new Birth();
        for (var i = 0; i < Replies.MaxRejections + 5; i++)
        {
            birth.Decide(new Input.RejectedReply(
                new Input.StepRefused(new StepRefused { Step = Birth.Ref("mother"), Reasons = [] }),
                [new ReplyFault("/reasons", "missing", "")]));
        }

        birth.Timeline.Count(e => e.Event is Event.ReplyRejected).ShouldBe(Replies.MaxRejections);
        birth.Last.Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Replies_that_nobody_asked_for_are_noted_without_growing_for_ever()
    {
        var birth = new Birth();
        for (var attempt = 2; attempt < 500; attempt++)
        {
            birth.Complete("mother", attempt: attempt);
            birth.Complete($"unknown-{attempt}");
        }

        birth.Timeline.Count.ShouldBeLessThanOrEqualTo(Decider.MaxIgnoredNoted + 3);
        birth.State.Step("mother").Status.ShouldBe(StepStatus.Requested);
    }

    [Fact]
    public void Corrections_and_fees_wait_for_the_applicant()
    {
        var birth = new Birth();
        birth.Decide(new Input.CorrectionRequested(
            new CorrectionRequested { Step = Birth.Ref("mother"), Items = [new("identity-match", new("", ""))] }));
        birth.State.Status.ShouldBe(
            ApplicationStatus.AwaitingApplicant, "the applicant must know, also while other branches go on");
        birth.Decide(new Input.FeeRequested(new FeeRequested
        {
            Step = Birth.Ref("father"),
            AmountRupiah = 30_000,
            Purpose = "PNBP",
            ExpiresAt = birth.Now.AddDays(1)
        }));
        birth.State.Status.ShouldBe(ApplicationStatus.AwaitingApplicant);
        birth.State.NextLapse.ShouldBe(
            birth.Now.AddDays(30), "only the applicant's own time runs while he is the one to act");
    }

    [Theory]
    [InlineData(89, StepStatus.Refused)]
    [InlineData(90, StepStatus.DeemedGranted)]
    public void A_refusal_counts_when_it_was_decided_in_time_however_long_it_was_on_the_way(
        int minutes, StepStatus status)
    {
        var birth = WithCardAsked();
        var asked = birth.Now;
        birth.Now = asked.AddHours(4);
        birth.Refuse("card", asked.AddMinutes(minutes));
        birth.State.Step("card").Status.ShouldBe(status);
    }

    [Fact]
    public void A_refusal_without_a_time_counts_when_it_arrives_and_one_of_the_future_is_of_now()
    {
        foreach (var ahead in (TimeSpan?[])[null, TimeSpan.FromDays(1)])
        {
            var birth = WithCardAsked();
            birth.Now = birth.Now.AddMinutes(90);
            birth.Refuse("card", birth.Now + ahead);
            birth.State.Step("card").Status.ShouldBe(StepStatus.DeemedGranted);
        }
    }

    [Fact]
    public void A_correction_stops_the_clock_when_the_agency_asks_for_it()
    {
        var birth = WithCardAsked();
        var asked = birth.Now;
        birth.Now = asked.AddHours(4);
        birth.Decide(new Input.CorrectionRequested(new CorrectionRequested
        {
            Step = Birth.Ref("card"),
            Items = [new("photo", new("", ""))],
            DecidedAt = asked.AddMinutes(30)
        }));
        birth.State.Step("card").Left.ShouldBe(new TimeLeft(Time: TimeSpan.FromMinutes(60)));
    }

    [Fact]
    public void A_step_that_time_has_started_is_not_answered_before_it_is_asked_for()
    {
        var birth = WithCardAsked(Delivery);
        birth.Now = birth.Now.AddHours(4);
        var decision = birth.Complete("delivery");
        Requested(decision).ShouldBe(["delivery"], "the card is granted by law, and what needs it goes on");
        decision.Entries[^1].Event.ShouldBe(new Event.ReplyIgnored(
            "delivery", 1, "step-completed", IgnoredBecause.NotRequested));
        birth.State.Step("delivery").Status.ShouldBe(StepStatus.Requested);
    }

    [Fact]
    public void A_step_that_time_has_started_is_asked_for_with_what_was_known_then()
    {
        var birth = WithCardAsked(Delivery);
        birth.Decide(new Input.StepRefused(
            new StepRefused { Step = Birth.Ref("enrolment"), Reasons = [new("photo", new("", ""))] }));
        birth.Now = birth.Now.AddHours(4);
        var decision = birth.Decide(new Input.Refile("enrolment", JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["/child/name"] = "Changed" }), World.Applicant));
        Requested(decision).ShouldBe(["delivery", "enrolment"]);
        decision.Effects.OfType<Effect.Send<StepRequest>>()
            .First().Message.Inputs.GetProperty("name").GetString().ShouldBe("Child");
    }

    [Fact]
    public void Money_that_comes_after_an_operator_has_closed_a_step_brings_it_back_to_the_worklist()
    {
        var birth = new Birth();
        birth.Complete("mother");
        birth.Decide(new Input.FeeRequested(new FeeRequested
        {
            Step = Birth.Ref("enrolment"),
            AmountRupiah = 30_000,
            Purpose = "premium",
            ExpiresAt = birth.Now.AddDays(3)
        }));
        birth.Complete("enrolment");
        birth.Decide(new Input.Cancel(Reason: null, World.Applicant));
        birth.Decide(new Input.StepCancelled(new StepCancelled { Step = Birth.Ref("father") }));
        birth.Decide(new Input.StepCancellationRefused(
            new StepCancellationRefused { Step = Birth.Ref("enrolment"), Reasons = [new("insured", new("", ""))] }));
        birth.State.Status.ShouldBe(ApplicationStatus.Cancelled);
        birth.State.Step("enrolment").Matters.ShouldBe([OperatorMatter.Stands]);
        birth.Decide(new Input.Close("enrolment", "letter 12/2026", "told", World.Operator)).Denied.ShouldBeNull();
        birth.State.Step("enrolment").Matters.ShouldBeEmpty();

        birth.Decide(new Input.FeePaid(new FeePaid
        {
            Step = Birth.Ref("enrolment"),
            BillingCode = "820261122000017",
            AmountRupiah = 30_000,
            PaidAt = birth.Now
        }));

        birth.State.Step("enrolment").Matters.ShouldContain(OperatorMatter.RefundDue);
    }

    private static StepDefinition Delivery => new()
    {
        Id = "delivery",
        Service = "civil-registry/delivery",
        Needs = ["card"],
        Inputs = new Dictionary<string, string> { ["name"] = "/input/child/name" },
    };

    private static Birth WithCardAsked(StepDefinition? also = null)
    {
        var birth = new Birth(father: false, also);
        birth.Complete("mother");
        birth.Complete("certificate");
        return birth;
    }

    private static IEnumerable<string> Requested(Decision decision) =>
        decision.Effects.OfType<Effect.Send<StepRequest>>().Select(e => e.Message.Step.StepId);
}
