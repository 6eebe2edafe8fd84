using Microsoft.EntityFrameworkCore;
using Mpp.Bpjs.Cards;
using Mpp.Bpjs.Data;
using Mpp.Bpjs.Employers;
using Mpp.Bpjs.Members;
using Mpp.Bpjs.Newborns;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Bpjs;

/// <summary>The BPJS service with PostgreSQL and RabbitMQ.</summary>
public sealed class RunningBpjs() : RunningAgency("bpjs", typeof(BpjsDbContext).Assembly);

public sealed class BpjsTests(RunningBpjs bpjs) : IClassFixture<RunningBpjs>
{
    private static readonly IReadOnlyList<Person> People = Population.Generate(RunningAgency.People);
    private static readonly Person[] Mothers = [.. Population.Mothers(People)];
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);
    private static int _letters;

    [Fact]
    public async Task The_status_of_members_and_strangers_is_told_and_never_refused()
    {
        var active = People.First(p => p.Jkn is { Status: JknStatus.Active, Segment: JknSegment.Ppu });
        var (outputs, documents) = await bpjs.CompleteAsync<MembershipStatusOutput>(Status(active.Nik));
        outputs.ShouldBe(new(MembershipState.Active, Segment.Ppu, Reason: null, active.Jkn.MembershipNumber));
        documents.ShouldBeEmpty();

        var inactive = People.First(p => p.Jkn.Status == JknStatus.Inactive);
        (await bpjs.CompleteAsync<MembershipStatusOutput>(Status(inactive.Nik))).Outputs.Reason
            .ShouldBe(inactive.Jkn.InactiveReason);

        (await bpjs.CompleteAsync<MembershipStatusOutput>(Status(Nik.Parse("1101010101900001")))).Outputs
            .ShouldBe(new(MembershipState.NotRegistered, Segment: null, Reason: null, MembershipNumber: null));
    }

    [Fact]
    public async Task Segments_are_written_as_BPJS_writes_them()
    {
        var completed = (StepCompleted)await bpjs.Coordinator.AskAsync(
            Status(People.First(p => p.Jkn is { Status: JknStatus.Active, Segment: JknSegment.Pbi }).Nik));
        completed.Outputs.GetProperty("segment").GetString().ShouldBe("PBI");
        completed.Outputs.GetProperty("status").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task The_newborn_of_a_mother_the_state_pays_for_is_insured_at_once()
    {
        var mother = Mothers.First(m => m.Jkn.Segment == JknSegment.Pbi);
        var step = Newborn(mother);
        var (outputs, _) = await bpjs.CompleteAsync<NewbornOutput>(step);
        outputs.Status.ShouldBe(EnrolmentStatus.Active);
        outputs.MembershipNumber!.ShouldMatch("^[0-9]{13}$");
        (await Enrolment(step)).PremiumDueOn.ShouldBeNull();
        (await Participant(outputs.MembershipNumber!)).Status.ShouldBe(ParticipantStatus.Active);
    }

    [Fact]
    public async Task The_first_three_children_of_an_employees_family_are_insured_at_once_too()
    {
        var mother = Mothers.First(m => m.Jkn.Segment == JknSegment.Ppu);
        foreach (var (order, status) in new[]
        {
            (2, EnrolmentStatus.Active), (3, EnrolmentStatus.Active), (4, EnrolmentStatus.AwaitingPremium),
        })
        {
            (await bpjs.CompleteAsync<NewbornOutput>(Newborn(mother, birthOrder: order))).Outputs.Status
                .ShouldBe(status);
        }

        // Three of hers are enrolled, so this is the fourth, whatever is said.
        (await bpjs.CompleteAsync<NewbornOutput>(Newborn(mother, birthOrder: 1))).Outputs.Status
            .ShouldBe(EnrolmentStatus.AwaitingPremium);
    }

    [Fact]
    public async Task A_babys_NIK_is_written_to_its_membership_and_the_same_again_changes_nothing()
    {
        var enrolment = Newborn(Mothers[10], "Hasan", letter: "SKL/nik");
        var (baby, _) = await bpjs.CompleteAsync<NewbornOutput>(enrolment);
        var nik = Nik.Parse("7402020101260101");

        var told = Report(enrolment, nik);
        (await bpjs.CompleteAsync<NewbornNikOutput>(told)).Outputs.MembershipNumber.ShouldBe(baby.MembershipNumber);
        (await Participant(baby.MembershipNumber!)).Nik.ShouldBe(nik);
        (await bpjs.CompleteAsync<NewbornNikOutput>(Report(enrolment, nik))).Outputs.MembershipNumber
            .ShouldBe(baby.MembershipNumber);
        (await bpjs.RefuseAsync(Report(enrolment, Nik.Parse("7402020101260102"))))
            .ShouldBe([("no-other-nik", "/childNik")]);
    }

    [Fact]
    public async Task A_baby_of_more_than_three_months_is_enrolled_with_the_NIK_that_the_same_application_yields()
    {
        var born = Today.AddMonths(-3).AddDays(-1);
        var enrolment = Newborn(Mothers[5], "Husain", letter: "SKL/late", born: born);
        var (waits, _) = await bpjs.CompleteAsync<NewbornOutput>(enrolment);
        waits.ShouldBe(new(MembershipNumber: null, EnrolmentStatus.AwaitingNik));

        var nik = Nik.Parse("7402020101260103");
        var (enrolled, _) = await bpjs.CompleteAsync<NewbornNikOutput>(Report(enrolment, nik));

        (await Participant(enrolled.MembershipNumber)).Nik.ShouldBe(nik);
    }

    [Fact]
    public async Task Any_other_newborn_waits_for_the_first_premium_within_28_days_of_birth()
    {
        var step = Newborn(Mothers.First(m => m.Jkn.Segment == JknSegment.Pbpu));
        var (outputs, _) = await bpjs.CompleteAsync<NewbornOutput>(step);
        outputs.Status.ShouldBe(EnrolmentStatus.AwaitingPremium);
        (await Enrolment(step)).PremiumDueOn.ShouldBe(Today.AddDays(-3 + 28));
        (await Participant(outputs.MembershipNumber!)).InactiveReason.ShouldBe("awaiting-premium");
    }

    [Fact]
    public async Task The_mother_must_be_an_active_member()
    {
        (await bpjs.SendBackAsync(Newborn(People.First(p => p is { Sex: Sex.Female, Jkn.Status: JknStatus.Inactive }))))
            .ShouldBe([("mother-jkn-active", "/motherNik")]);
        (await bpjs
            .RefuseAsync(Newborn(People.First(p => p is { Sex: Sex.Female, Jkn.Status: JknStatus.NotRegistered }))))
            .ShouldBe([("mother-jkn-active", "/motherNik")]);
    }

    [Fact]
    public async Task A_membership_that_was_put_in_order_meanwhile_goes_on_with_the_next_attempt()
    {
        var mother = People.Last(p =>
            p is { Sex: Sex.Female, Deceased: null, Jkn: { Status: JknStatus.Inactive, Segment: JknSegment.Pbpu } });
        var step = Newborn(mother);
        (await bpjs.Coordinator.AskAsync(step)).ShouldBeOfType<CorrectionRequested>();
        await bpjs.InDatabaseAsync<BpjsDbContext, int>(
            db => db.Participants.Where(p => p.Nik == mother.Nik).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Status, ParticipantStatus.Active)
                    .SetProperty(p => p.InactiveReason, (string?)null)));

        (await bpjs.Coordinator
            .AskAsync(step with { Step = step.Step with { Attempt = 2 }, Corrected = ["mother-jkn-active"] }))
            .ShouldBeOfType<StepCompleted>();
    }

    [Fact]
    public async Task It_says_before_anything_is_filed_whether_the_mother_is_insured_and_a_sanction_is_no_hindrance()
    {
        var inactive = People.First(p => p is { Sex: Sex.Female, Jkn.Status: JknStatus.Inactive });
        (await bpjs.CheckAsync("bpjs/newborn-enrolment", new { motherNik = inactive.Nik.Value }))
            .ShouldBe([("mother-jkn-active", PreconditionStatus.Missing)]);
        (await bpjs.CheckAsync("bpjs/newborn-enrolment",
            new { motherNik = Mothers[7].Nik.Value, birthDate = Today.AddMonths(-4) })).ShouldBe(
                [("mother-jkn-active", PreconditionStatus.Fulfilled),
                    ("newborn-is-born", PreconditionStatus.Fulfilled)]);
        (await bpjs.CheckAsync("bpjs/employer-registration",
            new { ownerNik = People.First(p => p.Sanctioned).Nik.Value, workers = 0 })).ShouldBe(
                [("has-workers", PreconditionStatus.Missing)]);
    }

    [Fact]
    public async Task A_lost_card_is_printed_again_for_an_active_member_with_a_valid_report()
    {
        var member = People.First(p => p is { Deceased: null, Jkn.Status: JknStatus.Active });
        var (outputs, documents) = await bpjs.CompleteAsync<CardOutput>(Card(member, Today));
        documents.ShouldBe([new IssuedDocument("membership-card", outputs.CardNumber, Today, ValidUntil: null)]);

        (await bpjs.RefuseAsync(Card(member, Today.AddDays(-1))))
            .ShouldBe([("loss-report-valid", "/lossReportValidUntil")]);
        (await bpjs.RefuseAsync(Card(People.First(p => p.Jkn.Status == JknStatus.NotRegistered), Today)))
            .ShouldBe([("member-registered", "/nik")]);
        var resting = People.First(p => p.Jkn.Status == JknStatus.Inactive);
        (await bpjs.SendBackAsync(Card(resting, Today))).ShouldBe([("membership-active", "/nik")]);
        (await bpjs.CheckAsync("bpjs/membership-card-reprint", new { nik = resting.Nik.Value })).ShouldBe(
            [("member-registered", PreconditionStatus.Fulfilled), ("membership-active", PreconditionStatus.Missing)]);
    }

    private static StepRequest Card(Person person, DateOnly reportValidUntil) =>
        TestSteps.New("bpjs/membership-card-reprint", new
        {
            nik = person.Nik.Value,
            lossReportNumber = "SKTLK/000001/11/2026/SPKT",
            lossReportValidUntil = reportValidUntil,
        });

    [Fact]
    public async Task A_baby_is_enrolled_once_by_letter_or_by_name_and_its_twin_is_another_baby()
    {
        var first = Newborn(Mothers[6], "Adam", letter: "SKL/1");
        await bpjs.CompleteAsync<NewbornOutput>(first);
        (await bpjs.RefuseAsync(Newborn(Mothers[6], "Hawa", letter: "SKL/1")))
            .ShouldBe([("newborn-not-enrolled", "/birthLetterNumber")]);
        (await bpjs.RefuseAsync(Newborn(Mothers[6], " ADAM", letter: "SKL/2")))
            .ShouldBe([("newborn-not-enrolled", "/birthLetterNumber")]);
        await bpjs.CompleteAsync<NewbornOutput>(Newborn(Mothers[6], "Hawa", letter: "SKL/3"));
        await bpjs.CompleteAsync<NewbornOutput>(Newborn(Mothers[7], "Adam", letter: "SKL/1"));
    }

    [Fact]
    public async Task Two_applications_for_one_baby_at_the_same_time_enrol_it_once()
    {
        StepRequest[] steps = [.. Enumerable.Range(0, 8).Select(_ => Newborn(Mothers[8], "Yusuf", letter: "SKL/same"))];
        var answers = await Task.WhenAll(steps.Select(bpjs.Coordinator.AskAsync));
        answers.OfType<StepCompleted>().Count().ShouldBe(1);
        answers.OfType<StepRefused>().Count().ShouldBe(7);
    }

    [Fact]
    public async Task A_withdrawn_enrolment_ends_the_cover_and_leaves_the_baby_free_to_be_enrolled()
    {
        var step = Newborn(Mothers.First(m => m.Jkn.Segment == JknSegment.Pbi), "Maryam", letter: "SKL/w");
        var (outputs, _) = await bpjs.CompleteAsync<NewbornOutput>(step);

        (await bpjs.CancelAsync(step)).ShouldBeOfType<StepCancelled>();
        (await bpjs.CancelAsync(step)).ShouldBeOfType<StepCancelled>("twice is as good as once");

        var enrolment = await Enrolment(step);
        enrolment.Status.ShouldBe(EnrolmentStatus.Withdrawn);
        enrolment.WithdrawnReason.ShouldBe("cancelled-by-applicant");
        (await Participant(outputs.MembershipNumber!)).InactiveReason.ShouldBe("withdrawn");
        await bpjs.CompleteAsync<NewbornOutput>(Newborn(
            Mothers.First(m => m.Jkn.Segment == JknSegment.Pbi), "Maryam", letter: "SKL/w"));
    }

    [Fact]
    public async Task A_baby_that_is_a_member_under_its_NIK_stays_one()
    {
        var step = Newborn(Mothers[9], "Idris");
        var (outputs, _) = await bpjs.CompleteAsync<NewbornOutput>(step);
        await bpjs.InDatabaseAsync<BpjsDbContext, int>(
            db => db.Participants.Where(p => p.MembershipNumber == outputs.MembershipNumber)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Nik, Nik.Parse("7402020101260999"))));
        (await bpjs.CancelAsync(step)).ShouldBeOfType<StepCancellationRefused>().Reasons
            .ShouldHaveSingleItem().Requirement.ShouldBe("not-revocable");
    }

    [Fact]
    public async Task An_employer_gets_its_number_once()
    {
        var owner = Population.Owners(People).First();
        var step = Employer(owner, "2211260000001");
        var (outputs, documents) = await bpjs.CompleteAsync<EmployerOutput>(step);
        outputs.NppNumber.ShouldMatch("^[0-9]{8}$");
        documents.ShouldBe([new IssuedDocument("npp", outputs.NppNumber, Today, null)]);
        (await bpjs.RefuseAsync(Employer(Population.Owners(People).Last(), "2211260000001")))
            .ShouldBe([("nib-not-registered", "/nib")]);
        var again = step with { Step = step.Step with { Attempt = 2 } };
        (await bpjs.CompleteAsync<EmployerOutput>(again)).Outputs.ShouldBe(outputs);
        (await bpjs.CompleteAsync<EmployerOutput>(Employer(owner, "2211260000001"))).Outputs
            .ShouldBe(outputs, "a second line of business under the one NIB");
    }

    [Fact]
    public async Task One_NIB_asked_for_by_many_at_once_gets_one_number()
    {
        var owner = Population.Owners(People).First();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => bpjs.Coordinator.AskAsync(Employer(owner, "2211260000002"))));
        answers.Cast<StepCompleted>().Select(a => RunningAgency.Read<EmployerOutput>(a).NppNumber)
            .Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_workers_there_is_no_employer() =>
        (await bpjs.RefuseAsync(Employer(Population.Owners(People).First(), "2211260000003", workers: 0)))
            .ShouldBe([("has-workers", "/workers")]);

    [Fact]
    public async Task A_sanctioned_owner_registers_and_with_that_the_sanction_has_lost_its_ground()
    {
        var owner = People.First(p => p.Sanctioned);

        await bpjs.CompleteAsync<EmployerOutput>(Employer(owner, "2211260000004"));

        var sanction = await bpjs.InDatabaseAsync<BpjsDbContext, Mpp.Bpjs.Employers.Sanction>(
            db => db.Sanctions.AsNoTracking().SingleAsync(s => s.Nik == owner.Nik));
        sanction.RegisteredOn.ShouldBe(Today);
        sanction.LiftedOn.ShouldBeNull("an officer lifts it when the fine is paid");
    }

    [Fact]
    public async Task The_sandbox_is_loaded_once_however_often()
    {
        await bpjs.LoadSandboxAsync();
        (await bpjs.InDatabaseAsync<BpjsDbContext, int>(
            db => db.Participants.CountAsync(p => p.MembershipNumber.StartsWith("0001"))))
            .ShouldBe(People.Count(p => p.Jkn.Status != JknStatus.NotRegistered));
        (await bpjs.InDatabaseAsync<BpjsDbContext, int>(db => db.Sanctions.CountAsync()))
            .ShouldBe(People.Count(p => p.Sanctioned));
    }

    private Task<NewbornEnrolment> Enrolment(StepRequest step) =>
        bpjs.InDatabaseAsync<BpjsDbContext, NewbornEnrolment>(
            db => db.NewbornEnrolments.AsNoTracking().SingleAsync(e => e.ApplicationId == step.Step.ApplicationId));

    private Task<Participant> Participant(string number) =>
        bpjs.InDatabaseAsync<BpjsDbContext, Participant>(
            db => db.Participants.AsNoTracking().SingleAsync(p => p.MembershipNumber == number));

    private static StepRequest Status(Nik nik) => TestSteps.New("bpjs/membership-status", new { nik = nik.Value });

    private static StepRequest Report(StepRequest enrolment, Nik child)
    {
        var fields = enrolment.Inputs.EnumerateObject().ToDictionary(f => f.Name, f => (object)f.Value);
        fields["childNik"] = child.Value;
        return TestSteps.New("bpjs/newborn-nik", fields);
    }

    private static StepRequest Newborn(
        Person mother, string name = "Aisyah", string? letter = null, DateOnly? born = null, int? birthOrder = null)
    {
        var number = Interlocked.Increment(ref _letters);
        return TestSteps.New("bpjs/newborn-enrolment", new
        {
            motherNik = mother.Nik.Value,
            childName = letter is null ? $"{name} {number}" : name,
            birthDate = born ?? Today.AddDays(-3),
            birthLetterNumber = letter ?? $"SKL/{number}/RSUD",
            familyCardNumber = mother.FamilyCardNumber,
            birthOrder,
        });
    }

    private static StepRequest Employer(Person owner, string nib, int workers = 3) =>
        TestSteps.New("bpjs/employer-registration",
            new { nib, businessName = "Warung Sao-Sao", ownerNik = owner.Nik.Value, workers });
}
