using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Applications.Reading;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>What operators can do, and who must act.</summary>
public sealed class OperatorTests
{
    private static readonly StepDefinition InDays = new()
    {
        Id = "days",
        Service = "civil-registry/archive",
        OnRefused = OnRefused.SkipDependents,
        Deadline = new(4, DeadlineUnit.WorkingDays, OnLapse.Escalate),
        Inputs = new Dictionary<string, string> { ["name"] = "/input/child/name" },
        Corrections = new(1, 30),
    };

    [Fact]
    public void A_step_that_is_asked_for_again_says_again_what_was_corrected()
    {
        var birth = new Birth(also: InDays);
        birth.Decide(new Input.CorrectionRequested(new CorrectionRequested
        {
            Step = Birth.Ref("days"),
            Items = [new("photo", new("", "")), new("spelling", new("", ""), "/name")]
        }));
        birth.Decide(new Input.Correct("days", ["photo", "spelling"], JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["/child/name"] = "Mended" }), World.Applicant));

        var again = birth.Decide(new Input.Retry("days", "no answer", World.Operator))
            .Effects.OfType<Effect.Send<StepRequest>>().ShouldHaveSingleItem().Message;

        again.Step.ShouldBe(Birth.Ref("days", 2));
        again.Corrected.ShouldBe(["photo", "spelling"]);
        again.Inputs.GetProperty("name").GetString().ShouldBe("Mended");
    }

    [Fact]
    public void What_was_corrected_is_not_said_of_a_step_that_is_filed_anew()
    {
        var birth = new Birth(also: InDays);
        birth.Decide(new Input.CorrectionRequested(
            new CorrectionRequested { Step = Birth.Ref("days"), Items = [new("photo", new("", ""))] }));
        birth.Decide(new Input.Correct("days", ["photo"], JsonElement.Parse("{}"), World.Applicant));
        birth.Decide(new Input.StepRefused(
            new StepRefused { Step = Birth.Ref("days", 2), Reasons = [new("photo", new("", ""))] }));

        birth.Decide(new Input.Refile("days", JsonElement.Parse("{}"), World.Applicant))
            .Effects.OfType<Effect.Send<StepRequest>>().ShouldHaveSingleItem().Message.Corrected.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_prolongs_a_time_whose_end_is_a_grant_by_law()
    {
        var birth = new Birth(father: false);
        birth.Complete("mother");
        birth.Complete("certificate");
        var due = birth.State.Step("card").DueAt;

        birth.Decide(new Input.Extend("card", birth.Now.AddDays(3), "agreed", World.Operator))
            .Denied.ShouldBe(Denial.LegalLimit);

        birth.State.Step("card").DueAt.ShouldBe(due);
        Acts.Possible(Birth.Package.Steps.Single(s => s.Id == "card"), birth.State.Step("card"))
            .ShouldNotContain(OperatorAct.Extend);
    }

    [Fact]
    public void The_warning_of_another_time_counts_working_days_as_the_first_one_does()
    {
        // Sunday 22 November: a quarter of four working days is one, so the warning comes as the last one begins.
        var birth = new Birth(also: InDays);
        birth.State.Step("days").WarnAt.ShouldBe(Midnight(26));

        // To the end of Monday 30 November.
        birth.Decide(new Input.Extend("days", Midnight(31), "agreed", World.Operator));
        birth.State.Step("days").WarnAt.ShouldBe(Midnight(30));

        // To Monday's first six hours: what is missing of the day is Friday's, over the weekend.
        birth.Decide(new Input.Extend("days", Midnight(30).AddHours(6), "agreed", World.Operator));
        birth.State.Step("days").WarnAt.ShouldBe(Midnight(27).AddHours(6));
    }

    [Fact]
    public void An_agency_hears_that_it_has_another_time()
    {
        var birth = new Birth(also: InDays);

        birth.Decide(new Input.Extend("days", Midnight(31), "agreed", World.Operator))
            .Effects.OfType<Effect.Send<StepDeadlineExtended>>().ShouldHaveSingleItem().ShouldBe(
                new("civil-registry", new()
                {
                    Step = Birth.Ref("days"),
                    Service = "civil-registry/archive",
                    DueAt = Midnight(31)
                }));
    }

    [Fact]
    public void That_a_part_can_be_filed_again_is_said_exactly_when_it_can()
    {
        var birth = new Birth(also: InDays);
        birth.Refuse("days");
        ShouldPromise(birth, true);
        birth.Decide(new Input.Refile("days", JsonElement.Parse("{}"), World.Applicant)).Denied.ShouldBeNull();
        ShouldPromise(birth, false);
        birth.Decide(new Input.StepRefused(
            new StepRefused { Step = Birth.Ref("days", 2), Reasons = [new("photo", new("", ""))] }));
        ShouldPromise(birth, false);
        birth.Decide(new Input.Refile("days", JsonElement.Parse("{}"), World.Applicant))
            .Denied.ShouldBe(Denial.NoRoundsLeft);

        var cancelled = new Birth(also: InDays);
        cancelled.Refuse("days");
        cancelled.Decide(new Input.Cancel(Reason: null, World.Applicant));
        ShouldPromise(cancelled, false);
        cancelled.Decide(new Input.Refile("days", JsonElement.Parse("{}"), World.Applicant))
            .Denied.ShouldBe(Denial.Ended);
    }

    [Fact]
    public void An_operator_must_act_where_an_agency_has_not()
    {
        StepState silent = new("s") { Since = DateTimeOffset.UnixEpoch, AgencySilent = true };
        Party(silent with { Status = StepStatus.Cancelling }).ShouldBe("operator");
        Party(silent with { Status = StepStatus.DeemedGranted }).ShouldBe("operator");
        Party(silent with { Status = StepStatus.Cancelling, AgencySilent = false }).ShouldBe("agency");
        Party(silent with { Status = StepStatus.DeemedGranted, AgencySilent = false }).ShouldBe("agency");
        Party(silent with { Status = StepStatus.CancellationRefused }).ShouldBe("operator");
        Party(silent with { Status = StepStatus.CancellationRefused, Closed = true }).ShouldBeNull();

        StepState working = new("s") { Since = DateTimeOffset.UnixEpoch, Status = StepStatus.InProgress };
        Party(working with { Kept = true }).ShouldBe("agency", "it goes on with what it kept");
        Party(working with { Fees = [new(1, "", default, RefundDue: true) { Attempt = -1 }] }).ShouldBe("agency");
        Party(working with { Overdue = true, Status = StepStatus.AwaitingCorrection }).ShouldBe("applicant");
        Party(working with { Overdue = true }).ShouldBe("operator");
    }

    private static string? Party(StepState step) =>
        NextActor.Of(step, "police", "The police", "en") is { Party: var party } ? Kebab.Of(party) : null;

    private static void ShouldPromise(Birth birth, bool promised)
    {
        var (state, step) = (birth.State, birth.State.Step("days"));
        var can = Acts.WhyNotRefiled(state, InDays) is null;
        can.ShouldBe(promised);
        Texts.Of(step, new("A", "A"), RegionCode.Parse("74.02"), can).En
            .Contains("can mend", StringComparison.Ordinal).ShouldBe(promised);
        foreach (var status in (ApplicationStatus[])[ApplicationStatus.Refused, ApplicationStatus.CompletedInPart])
        {
            Texts.Of(state with { Status = status }, can).En
                .Contains("can mend", StringComparison.Ordinal).ShouldBe(promised);
        }
    }

    /// <summary>The beginning of a day of November in Konawe, eight hours ahead of UTC.</summary>
    private static DateTimeOffset Midnight(int day) =>
        new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(day - 1).ToUniversalTime();
}
