using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

public sealed class RetentionTests
{
    [Fact]
    public void Personal_data_are_erased_at_the_end_of_the_last_day_of_the_retention_and_not_before()
    {
        var birth = Refused();
        // 22 November, 09.00 in Konawe, and thirty days: midnight after 22 December there.
        var due = new DateTimeOffset(2026, 12, 22, 16, 0, 0, TimeSpan.Zero);
        birth.Last.Effects.ShouldContain(new Effect.SetAlarm(due));
        birth.Now = due.AddTicks(-1);
        birth.Alarm().Entries.ShouldBeEmpty();
        birth.Last.Effects.ShouldBe([new Effect.SetAlarm(due)]);

        birth.Now = due;
        birth.Alarm().Entries.ShouldHaveSingleItem().Event.ShouldBe(new Event.PersonalDataErased());

        birth.State.Dossier.Parts.ShouldBeEmpty();
        birth.State.Status.ShouldBe(ApplicationStatus.Refused);
        birth.State.EraseAt.ShouldBe(due);
        birth.Last.Effects.OfType<Effect.Send<EraseStep>>()
            .Select(e => (e.Queue, e.Message.Step.StepId, e.Message.Service)).ShouldBe(
                [("civil-registry", "mother", "civil-registry/identity-verification")],
                "the other agencies were not asked for anything");
        birth.Last.Effects.OfType<Effect.Announce>().ShouldHaveSingleItem();
        birth.Alarm().Entries.ShouldBeEmpty();
        birth.Last.Effects.ShouldBeEmpty("it is erased once");
    }

    [Fact]
    public void Every_attempt_is_erased_also_when_something_else_than_the_alarm_finds_that_it_is_time()
    {
        var birth = Refused();
        Refile(birth).Denied.ShouldBeNull();
        birth.Decide(new Input.StepRefused(new StepRefused { Step = Birth.Ref("mother", attempt: 2), Reasons = [] }));
        birth.Now = birth.State.EraseAt!.Value;

        birth.Complete("mother");

        birth.Last.Entries.Select(e => e.Event.GetType()).ShouldBe(
            [typeof(Event.PersonalDataErased), typeof(Event.ReplyIgnored)]);
        birth.Last.Effects.OfType<Effect.Send<EraseStep>>().Select(e => e.Message.Step.Attempt).ShouldBe([1, 2]);
    }

    [Fact]
    public void An_application_that_is_filed_again_keeps_what_was_filed_and_its_retention_counts_from_the_new_end()
    {
        var birth = Refused();
        var first = birth.State.EraseAt!.Value;
        birth.Now = first.AddMinutes(-1);
        Refile(birth).Effects.OfType<Effect.SetAlarm>().ShouldBeEmpty("the alarm that is set comes early enough");
        birth.State.EraseAt.ShouldBeNull();

        birth.Now = first;
        var early = birth.Alarm();
        early.Entries.ShouldBeEmpty();
        early.Effects.ShouldBe([new Effect.SetAlarm(first.AddMinutes(59))], "now the agency is waited for");
        birth.State.Dossier.Parts.ShouldNotBeEmpty();
        birth.Decide(new Input.StepRefused(new StepRefused { Step = Birth.Ref("mother", attempt: 2), Reasons = [] }));

        birth.State.EraseAt.ShouldBe(first.AddDays(31));
    }

    [Fact]
    public void What_is_erased_cannot_be_filed_again_whether_the_alarm_has_gone_off_or_not()
    {
        var birth = Refused();
        birth.Now = birth.State.EraseAt!.Value;
        Refile(birth).Denied.ShouldBe(Denial.Erased);
        birth.State.Erased.ShouldBeTrue();
        Refile(birth).Denied.ShouldBe(Denial.Erased);
    }

    [Theory]
    [InlineData(ActorRole.Applicant, null)]
    [InlineData(ActorRole.Operator, "person-9")]
    internal void No_number_and_no_name_that_leads_to_a_person_is_left_but_an_officers(ActorRole role, string? left)
    {
        var birth = new Birth(father: false);
        birth.Accept("mother");
        birth.Decide(new Input.StepCompleted(new StepCompleted
        {
            Step = Birth.Ref("mother"),
            Outputs = default,
            Documents = [new("paper", "N-1", new(2026, 11, 22), null)],
        }));
        birth.Decide(new Input.Cancel("moved", new Actor(role, "portal", "person-9")));
        foreach (var step in (string[])["certificate", "enrolment"])
        {
            birth.Decide(new Input.StepCancelled(new StepCancelled { Step = Birth.Ref(step) }));
        }

        var state = FlowJson.Write(birth.State);
        state.ShouldContain("N-1");
        state.ShouldContain("F-1");
        state.ShouldContain("person-9");
        birth.Now = birth.State.EraseAt!.Value;
        birth.Alarm();

        state = FlowJson.Write(birth.State);
        state.ShouldNotContain("N-1");
        state.ShouldNotContain("F-1");
        birth.State.CancelledBy!.Subject.ShouldBe(left);
    }

    private static Birth Refused()
    {
        var birth = new Birth(father: false);
        birth.Refuse("mother");
        birth.State.Status.ShouldBe(ApplicationStatus.Refused);
        return birth;
    }

    private static Decision Refile(Birth birth) =>
        birth.Decide(new Input.Refile("mother", JsonSerializer.SerializeToElement(new { }), World.Applicant));
}
