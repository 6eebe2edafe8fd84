using Microsoft.EntityFrameworkCore;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Health.Data;
using Mpp.Health.Recommendations;
using Mpp.Health.Registrations;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Health;

/// <summary>The health office's service with PostgreSQL and RabbitMQ.</summary>
public sealed class RunningHealth() : RunningAgency("health", typeof(HealthDbContext).Assembly);

public sealed class HealthTests(RunningHealth health) : IClassFixture<RunningHealth>
{
    private static readonly IReadOnlyList<Person> People = Population.Generate(RunningAgency.People);
    private static readonly HealthWorker[] Workers = [.. HealthWorkers.Ready(People)];
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);

    [Fact]
    public async Task A_registered_worker_is_told_as_what_and_a_citizen_for_life()
    {
        var worker = Workers[0];

        var (outputs, documents) = await health.CompleteAsync<RegistrationOutput>(Status(worker));

        outputs.ShouldBe(new(worker.StrNumber, Enum.Parse<Profession>(worker.Profession.ToString()), ValidUntil: null));
        documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_that_is_not_ones_own_is_sent_back_and_somebody_without_any_is_refused()
    {
        (await health.SendBackAsync(Status(Workers[0], Workers[1].StrNumber)))
            .ShouldBe([("str-registered", "/strNumber")]);
        var stranger = People.First(p => HealthWorkers.Of(People).All(w => w.Person != p));
        (await health.RefuseAsync(TestSteps.New(
            "health/registration-status", new { nik = stranger.Nik.Value, strNumber = Workers[0].StrNumber })))
            .ShouldBe([("str-registered", "/strNumber")]);
    }

    [Fact]
    public async Task A_suspended_registration_and_too_few_credits_for_a_renewal_are_refused()
    {
        await health.InDatabaseAsync<HealthDbContext, int>(
            db => db.Registrations.Where(r => r.StrNumber == Workers[2].StrNumber).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, RegistrationState.Suspended)
                    .SetProperty(r => r.EnoughCredits, false)));

        (await health.RefuseAsync(Status(Workers[2]))).ShouldBe([("str-valid", "/strNumber")]);
        (await health.RefuseAsync(Status(Workers[2], renewal: true)))
            .ShouldBe([("str-valid", "/strNumber"), ("skp-adequate", "/renewal")]);
        (await health.CheckAsync(
            "health/registration-status", new { nik = Workers[2].Person.Nik.Value, renewal = true })).ShouldBe(
                [("str-registered", PreconditionStatus.Fulfilled), ("str-valid", PreconditionStatus.Missing),
                    ("skp-adequate", PreconditionStatus.Missing)]);
    }

    [Fact]
    public async Task A_practice_is_recommended_once_it_has_its_letter_and_the_recommendation_can_be_withdrawn()
    {
        var step = Recommendation(Workers[3], letter: null);
        (await health.SendBackAsync(step)).ShouldBe([("facility-letter", "/facilityLetterNumber")]);

        var mended = Recommendation(Workers[3], "KLK/1/2026") with
        {
            Step = step.Step with { Attempt = 2 },
            Corrected = ["facility-letter"]
        };
        var (outputs, documents) = await health.CompleteAsync<RecommendationOutput>(mended);

        outputs.ValidUntil.ShouldBe(Today.AddMonths(6));
        documents.ShouldBe(
            [new IssuedDocument("practice-recommendation", outputs.RecommendationNumber, Today, outputs.ValidUntil)]);
        (await health.CancelAsync(mended)).ShouldBeOfType<StepCancelled>();
        (await health.InDatabaseAsync<HealthDbContext, DateTimeOffset?>(db => db.Recommendations
            .Where(r => r.Number == outputs.RecommendationNumber).Select(r => r.WithdrawnAt).SingleAsync()))
            .ShouldNotBeNull();
    }

    [Fact]
    public async Task The_quota_counts_licences_that_stand_and_who_renews_takes_no_place()
    {
        var worker = Workers[6];
        var (first, _) = await health.CompleteAsync<RecommendationOutput>(Recommendation(worker, "KLK/6/2026"));
        var record = TestSteps.New("health/practice-record", new
        {
            recommendationNumber = first.RecommendationNumber,
            licenceNumber = "503/SIP/0001/DPMPTSP/2026",
            licenceValidUntil = Today.AddYears(5),
        });
        await health.CompleteAsync<PracticeRecordOutput>(record);
        // The recommendation is long over, the licence stands.
        await health.InDatabaseAsync<HealthDbContext, int>(db => db.Recommendations
            .Where(r => r.Number == first.RecommendationNumber).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.IssuedOn, Today.AddYears(-1))
                .SetProperty(r => r.ValidUntil, Today.AddMonths(-6))));
        var other = Workers.Skip(8).First(w => w.Profession == worker.Profession);
        await FillAsync(worker.Profession);

        (await health.RefuseAsync(Recommendation(other, "KLK/7/2026")))
            .ShouldBe([("practice-quota", "/profession")]);
        await health.CompleteAsync<RecommendationOutput>(Recommendation(worker, "KLK/8/2026"));
        await health.CompleteAsync<RecommendationOutput>(
            Recommendation(other, "KLK/9/2026") with { Region = RegionCode.Parse("74.71") });

        (await health.CancelAsync(record)).ShouldBeOfType<StepCancelled>();
        await health.InDatabaseAsync<HealthDbContext, int>(
            db => db.Recommendations.Where(r => r.FacilityName == "Full").ExecuteDeleteAsync());
    }

    [Fact]
    public async Task A_practice_is_recorded_on_a_recommendation_that_stands() =>
        (await health.RefuseAsync(TestSteps.New("health/practice-record", new
        {
            recommendationNumber = "440/9999/REK/2026",
            licenceNumber = "503/SIP/0002/DPMPTSP/2026",
            licenceValidUntil = Today.AddYears(5),
        }))).ShouldBe([("recommendation-stands", "/recommendationNumber")]);

    [Fact]
    public async Task A_registration_number_of_sixteen_digits_is_taken()
    {
        var worker = Workers[7];
        await health.InDatabaseAsync<HealthDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"update registrations set str_number = '1234567890123456' where str_number = {worker.StrNumber}"));
        (await health.CompleteAsync<RegistrationOutput>(Status(worker, "1234567890123456"))).Outputs.StrNumber
            .ShouldBe("1234567890123456");
        await health.InDatabaseAsync<HealthDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"update registrations set str_number = {worker.StrNumber} where str_number = '1234567890123456'"));
    }

    // One place less than the quota has is taken, by licences of nobody in the sandbox.
    private async Task FillAsync(HealthProfession profession)
    {
        var own = Enum.Parse<Profession>(profession.ToString());
        var quota = PracticeRulebook.Load().Quota.RequiredOn(Today).Value[Population.Region.Value][own];
        await health.InDatabaseAsync<HealthDbContext, int>(async db =>
        {
            for (var i = 0; i < quota - 1; i++)
            {
                db.Recommendations.Add(new Recommendation
                {
                    Number = $"FULL/{i}",
                    Nik = Nik.Parse($"740202010190{i + 1:D4}"),
                    StrNumber = Workers[0].StrNumber,
                    Profession = own,
                    FacilityName = "Full",
                    FacilityKey = "FULL",
                    FacilityLetterNumber = "1",
                    Region = Population.Region,
                    IssuedOn = Today.AddYears(-1),
                    ValidUntil = Today.AddMonths(-6),
                    LicenceNumber = "1",
                    LicenceValidUntil = Today,
                    ApplicationId = Guid.CreateVersion7(),
                    StepId = "recommendation",
                });
            }

            return await db.SaveChangesAsync();
        });
    }

    [Fact]
    public async Task Another_profession_than_registered_is_refused()
    {
        var worker = Workers[4];
        var other = worker.Profession == HealthProfession.Nurse ? "doctor" : "nurse";
        (await health.RefuseAsync(Recommendation(worker, "KLK/2/2026", other)))
            .ShouldBe([("str-valid", "/profession")]);
    }

    [Fact]
    public async Task It_says_before_anything_is_filed_that_the_letter_is_missing()
    {
        var worker = Workers[5];
        (await health.CheckAsync("health/practice-recommendation",
            new { nik = worker.Person.Nik.Value, profession = Wire(worker.Profession) })).ShouldBe(
                [("practice-quota", PreconditionStatus.Fulfilled), ("str-valid", PreconditionStatus.Fulfilled),
                    ("facility-letter", PreconditionStatus.Missing)], ignoreOrder: true);
    }

    [Fact]
    public async Task The_sandbox_is_loaded_once_however_often()
    {
        await health.LoadSandboxAsync();
        (await health.InDatabaseAsync<HealthDbContext, int>(db => db.Registrations.CountAsync()))
            .ShouldBe(HealthWorkers.Of(People).Count());
    }

    private static StepRequest Status(HealthWorker worker, string? number = null, bool renewal = false) =>
        TestSteps.New("health/registration-status",
            new { nik = worker.Person.Nik.Value, strNumber = number ?? worker.StrNumber, renewal });

    private static StepRequest Recommendation(HealthWorker worker, string? letter, string? profession = null) =>
        TestSteps.New("health/practice-recommendation", new
        {
            nik = worker.Person.Nik.Value,
            strNumber = worker.StrNumber,
            profession = profession ?? Wire(worker.Profession),
            facilityName = "Klinik Sehat",
            facilityLetterNumber = letter,
        });

    private static string Wire(HealthProfession profession) => profession.ToString().ToLowerInvariant();
}
