using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Police.Data;
using Mpp.Police.Skck;
using Mpp.Sandbox;
using Npgsql;
using Shouldly;
using Xunit.Abstractions;
using CaseState = Mpp.Police.Records.CaseState;

namespace Mpp.Integration.Police;

/// <summary>The police service with PostgreSQL and RabbitMQ.</summary>
public sealed class RunningPolice() : RunningAgency("police", typeof(SkckService).Assembly)
{
    /// <summary>Asks for a certificate that must be issued, and pays for it as the coordinator does.</summary>
    internal async Task<(SkckOutput Outputs, IReadOnlyList<IssuedDocument> Documents)> IssueAsync(StepRequest step)
    {
        (await Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();
        await Coordinator.SendAsync("police", Paid(step));
        var completed = (await Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        return (Read<SkckOutput>(completed), completed.Documents);
    }

    internal static FeePaid Paid(StepRequest step) => new()
    {
        Step = step.Step,
        BillingCode = "820261122000001",
        AmountRupiah = 30_000,
        PaidAt = TimeProvider.System.GetUtcNow(),
    };
}

public sealed class PoliceTests(RunningPolice police, ITestOutputHelper output) : IClassFixture<RunningPolice>
{
    private static readonly IReadOnlyList<Person> People = Population.Generate(RunningAgency.People);
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);
    private static readonly Person[] JobSeekers = [.. Population.JobSeekers(People)];

    [Fact]
    public async Task A_job_seeker_gets_a_certificate_of_the_regency_for_six_months_that_states_no_record()
    {
        var person = JobSeekers[0];
        var step = Step(person);

        var (skck, documents) = await police.IssueAsync(step);

        skck.Level.ShouldBe(SkckLevel.Polres);
        skck.Record.ShouldBe(StatedRecord.None);
        skck.ValidUntil.ShouldBe(Today.AddMonths(6));
        documents.ShouldBe([new IssuedDocument("skck", skck.SkckNumber, Today, skck.ValidUntil)]);
        var row = await Certificate(step);
        row.Number.ShouldBe(skck.SkckNumber);
        row.HolderNik.ShouldBe(person.Nik);
        row.FeeRupiah.ShouldBe(30_000);
        row.FeeCollected.ShouldBeTrue();
    }

    [Fact]
    public async Task The_fee_of_the_day_is_asked_for_with_the_acceptance_and_nothing_is_issued_before_it_is_paid()
    {
        var step = Step(JobSeekers[5]);
        var before = TimeProvider.System.GetUtcNow();

        var asked = (await police.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();

        asked.AmountRupiah.ShouldBe(30_000);
        asked.Purpose.ShouldBe("PNBP SKCK, PP 76/2020");
        asked.ExpiresAt.ShouldBeInRange(before.AddDays(3), TimeProvider.System.GetUtcNow().AddDays(3));
        (await Count(step)).ShouldBe(0);
    }

    [Fact]
    public async Task A_case_that_is_opened_after_the_payment_was_asked_for_does_not_take_the_certificate_away()
    {
        var person = JobSeekers[6];
        var step = Step(person);
        (await police.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();
        await police.InDatabaseAsync<PoliceDbContext, int>(db =>
        {
            db.Records.Add(new Mpp.Police.Records.PoliceRecord
            {
                Id = Guid.CreateVersion7(),
                CaseNumber = "LP/B/9/2026",
                Nik = person.Nik,
                State = CaseState.Open,
                OpenedOn = Today
            });
            return db.SaveChangesAsync();
        });

        await police.Coordinator.SendAsync("police", RunningPolice.Paid(step));

        (await police.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
    }

    [Fact]
    public async Task A_closed_case_is_stated_and_no_hindrance()
    {
        var person = People.First(
            p => p.PoliceRecord == PoliceRecord.Closed && p.Deceased is null && p.AgeOn(Today) >= 18);
        var (skck, _) = await police.IssueAsync(Step(person));
        skck.Record.ShouldBe(StatedRecord.OnFile);
    }

    [Fact]
    public async Task An_open_case_is_taken_in_hand_and_what_an_officer_lets_pass_is_issued_and_states_a_record()
    {
        var step = Step(People.First(p => p.PoliceRecord == PoliceRecord.Open));
        await police.TakeInHandAsync(step);
        (await Count(step)).ShouldBe(0);

        await police.DecideAsync<PoliceDbContext>(step.Step, new StepAnswer.FeeRequested(
            30_000, "PNBP SKCK, PP 76/2020", TimeProvider.System.GetUtcNow().AddDays(3)));
        (await police.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<FeeRequested>();
        await police.Coordinator.SendAsync("police", RunningPolice.Paid(step));

        var completed = (await police.Coordinator.RepliesAsync(step.Step, 3))[2].ShouldBeOfType<StepCompleted>();
        RunningAgency.Read<SkckOutput>(completed).Record.ShouldBe(StatedRecord.OnFile);
    }

    [Fact]
    public async Task The_paper_of_a_zero_tariff_goes_to_an_officer()
    {
        var person = JobSeekers[7];
        await police.TakeInHandAsync(TestSteps.New("police/skck", new
        {
            nik = person.Nik.Value,
            name = person.Name,
            birthDate = person.BirthDate,
            purpose = "school",
            jknStatus = "active",
            feeWaiver = new { ground = "student", proof = "UHO/12/2026" },
        }));
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_extended()
    {
        var (first, _) = await police.IssueAsync(Step(JobSeekers[8]));
        var again = Extension(JobSeekers[8], first.SkckNumber);
        await police.IssueAsync(again);
        (await Certificate(again)).Extends.ShouldBe(first.SkckNumber);
        (await police.SendBackAsync(Extension(JobSeekers[9], first.SkckNumber)))
            .ShouldBe([("skck-to-extend", "/extends")]);
    }

    private static StepRequest Extension(Person person, string number) => TestSteps.New("police/skck", new
    {
        nik = person.Nik.Value,
        name = person.Name,
        birthDate = person.BirthDate,
        purpose = "private-employment",
        jknStatus = "active",
        extends = number,
    });

    [Theory]
    [InlineData("overseas-employment")]
    [InlineData("permanent-residence")]
    public async Task What_province_and_headquarters_issue_is_refused_here(string purpose) =>
        (await police.RefuseAsync(Step(JobSeekers[1], purpose))).ShouldBe([("issuing-level", "/purpose")]);

    [Fact]
    public async Task A_minor_shows_another_identity() =>
        (await police.SendBackAsync(Step(People.First(p => p.AgeOn(Today) < 16))))
            .ShouldBe([("identity-document", "/identityDocument")]);

    [Fact]
    public async Task JKN_that_is_not_active_is_sent_back_for_proof_and_the_next_attempt_with_it_is_fine()
    {
        var step = Step(JobSeekers[2], jknStatus: "inactive");
        var item = (await police.Coordinator.AskAsync(step))
            .ShouldBeOfType<CorrectionRequested>().Items.ShouldHaveSingleItem();
        (item.Requirement, item.Pointer).ShouldBe(("jkn-active-or-proof", "/jknProof"));
        (await police.Coordinator.AskAsync(Step(JobSeekers[2], jknStatus: "not-registered")))
            .ShouldBeOfType<CorrectionRequested>();

        var mended = Step(JobSeekers[2], jknStatus: "inactive", jknProof: "VA-8888801234567890");
        await police.IssueAsync(
            mended with { Step = step.Step with { Attempt = 2 }, Corrected = ["jkn-active-or-proof"] });

        (await Certificate(step)).JknProof.ShouldBe("VA-8888801234567890");
    }

    [Fact]
    public async Task What_cannot_be_mended_is_refused_together_with_what_could() =>
        (await police.RefuseAsync(Step(
            JobSeekers[1], "overseas-employment", jknStatus: "inactive")))
            .ShouldBe([("issuing-level", "/purpose"), ("jkn-active-or-proof", "/jknProof")]);

    [Fact]
    public async Task The_same_step_asked_for_and_paid_many_times_at_once_issues_one_certificate()
    {
        var step = Step(JobSeekers[3]);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => police.Coordinator.SendAsync("police", step)));
        (await police.Coordinator.RepliesAsync(step.Step, 10)).ShouldAllBe(r => r is FeeRequested);

        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => police.Coordinator.SendAsync("police", RunningPolice.Paid(step))));

        var replies = await police.Coordinator.RepliesAsync(step.Step, 20);
        replies.OfType<StepCompleted>()
            .Select(r => RunningAgency.Read<SkckOutput>(r).SkckNumber).Distinct().Count().ShouldBe(1);
        (await Count(step)).ShouldBe(1);
    }

    [Fact]
    public async Task It_says_before_anything_is_filed_what_it_knows_and_of_records_the_same_about_everybody()
    {
        var wanted = People.First(p => p.PoliceRecord == PoliceRecord.Open && p.AgeOn(Today) > 18);
        foreach (var person in (Person[])[wanted, JobSeekers[1]])
        {
            (await police.CheckAsync("police/skck", new
            {
                nik = person.Nik.Value,
                name = person.Name,
                birthDate = person.BirthDate,
                purpose = "overseas-employment"
            })).ShouldBe(
            [
                ("identity-document", PreconditionStatus.Fulfilled), ("issuing-level", PreconditionStatus.Missing),
                ("jkn-active-or-proof", PreconditionStatus.KnownLater),
            ], ignoreOrder: true);
        }

        (await police.CheckAsync("police/skck", new { jknProof = "VA-1" }))
            .ShouldBe([("jkn-active-or-proof", PreconditionStatus.Fulfilled)]);
    }

    [Fact]
    public async Task A_second_attempt_at_the_same_time_is_told_of_the_certificate_of_the_first()
    {
        var first = Step(JobSeekers[4], "civil-service");
        var second = first with { Step = first.Step with { Attempt = 2 } };

        await Task.WhenAll(
            police.Coordinator.SendAsync("police", first), police.Coordinator.SendAsync("police", second));
        await police.Coordinator.RepliesAsync(first.Step, 1);
        await police.Coordinator.RepliesAsync(second.Step, 1);
        await Task.WhenAll(police.Coordinator.SendAsync("police", RunningPolice.Paid(first)),
            police.Coordinator.SendAsync("police", RunningPolice.Paid(second)));
        var one = await police.Coordinator.RepliesAsync(first.Step, 2);
        var two = await police.Coordinator.RepliesAsync(second.Step, 2);

        RunningAgency.Read<SkckOutput>((StepCompleted)one[1])
            .ShouldBe(RunningAgency.Read<SkckOutput>((StepCompleted)two[1]));
        (await Count(first)).ShouldBe(1);
    }

    [Fact]
    public async Task Numbers_of_one_unit_are_unique_and_without_gaps_under_load()
    {
        // All from the one unit that a Monday in the recruitment season strains most.
        StepRequest[] steps =
            [.. Enumerable.Range(0, 400).Select(i => Step(JobSeekers[i % JobSeekers.Length], "civil-service"))];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(steps.Select(s => police.Coordinator.SendAsync("police", s)));
        foreach (var step in steps)
        {
            await police.Coordinator.RepliesAsync(step.Step, 1);
            await police.Coordinator.SendAsync("police", RunningPolice.Paid(step));
        }

        foreach (var step in steps)
        {
            await police.Coordinator.RepliesAsync(step.Step, 2);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{steps.Length / clock.Elapsed.TotalSeconds:F0} certificates/s from one unit"));
        var numbers = steps.Select(s => RunningAgency.Read<SkckOutput>(
            (StepCompleted)police.Coordinator.Replies(s.Step)[1]).SkckNumber).ToList();
        numbers.Distinct().Count().ShouldBe(steps.Length);
        var serials = await police.InDatabaseAsync<PoliceDbContext, List<int>>(db => db.Certificates
            .Where(c => c.Unit == "7402-res-konawe" && c.Month == new DateOnly(Today.Year, Today.Month, 1))
            .OrderBy(c => c.Serial).Select(c => c.Serial).ToListAsync());
        serials.ShouldBe(Enumerable.Range(1, serials.Count));
    }

    [Fact]
    public async Task The_sandbox_is_loaded_once_however_often()
    {
        await police.LoadSandboxAsync();
        (await police.InDatabaseAsync<PoliceDbContext, int>(db => db.Records.CountAsync()))
            .ShouldBe(People.Count(p => p.PoliceRecord != PoliceRecord.None));
    }

    [Fact]
    public async Task Other_databases_are_closed_to_its_role()
    {
        var other = new NpgsqlConnectionStringBuilder(police.Database) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(other.ConnectionString);
        var refusal = await Record.ExceptionAsync(() => connection.OpenAsync());
        refusal.ShouldBeOfType<PostgresException>().SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task<SkckCertificate> Certificate(StepRequest step) =>
        await police.InDatabaseAsync<PoliceDbContext, SkckCertificate>(
            db => db.Certificates.AsNoTracking().SingleAsync(c => c.ApplicationId == step.Step.ApplicationId));

    private async Task<int> Count(StepRequest step) =>
        await police.InDatabaseAsync<PoliceDbContext, int>(
            db => db.Certificates.CountAsync(c => c.ApplicationId == step.Step.ApplicationId));

    internal static StepRequest Step(
        Person person, string purpose = "private-employment", string jknStatus = "active", string? jknProof = null) =>
        TestSteps.New("police/skck", jknProof is null
            ? new { nik = person.Nik.Value, name = person.Name, birthDate = person.BirthDate, purpose, jknStatus }
            : new
            {
                nik = person.Nik.Value,
                name = person.Name,
                birthDate = person.BirthDate,
                purpose,
                jknStatus,
                jknProof
            });
}

public sealed class DomicileRuleTests(RunningPolice police) : IClassFixture<RunningPolice>
{
    [Fact]
    public async Task The_domicile_rule_is_off_and_can_be_switched_on()
    {
        var stranger =
            Population.JobSeekers(Population.Generate(200)).First() with { Nik = Nik.Parse("7371010101900001") };
        await police.IssueAsync(PoliceTests.Step(stranger));

        await police.RestartAsync("Police:DomicileRule", "true");

        var asked = (await police.Coordinator.AskAsync(PoliceTests.Step(stranger)))
            .ShouldBeOfType<CorrectionRequested>();
        asked.Items.ShouldHaveSingleItem().Pointer.ShouldBe("/domicile");
        var here = TestSteps.New("police/skck", new
        {
            nik = stranger.Nik.Value,
            name = stranger.Name,
            birthDate = stranger.BirthDate,
            purpose = "school",
            jknStatus = "active",
            domicile = "74.02.02",
        });
        await police.IssueAsync(here);
    }
}

public sealed class SectorTests(RunningPolice police) : IClassFixture<RunningPolice>
{
    [Fact]
    public async Task The_sector_police_issue_in_a_region_where_they_go_on()
    {
        await police.RestartAsync("Police:SectorsIssueIn:0", "74.02");

        var (skck, _) = await police.IssueAsync(
            PoliceTests.Step(Population.JobSeekers(Population.Generate(200)).First()));

        skck.Level.ShouldBe(SkckLevel.Polsek);
    }
}
