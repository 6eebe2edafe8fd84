using Microsoft.EntityFrameworkCore;
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
