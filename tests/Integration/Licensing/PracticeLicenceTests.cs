using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Licensing.Practices;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Licensing;

public sealed class PracticeLicenceTests(RunningLicensing licensing) : IClassFixture<RunningLicensing>
{
    private static readonly HealthWorker[] Workers =
        [.. HealthWorkers.Ready(Population.Generate(RunningAgency.People))];
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);
    private static int _recommendations;

    [Fact]
    public async Task A_licence_is_for_one_place_and_five_years()
    {
        var (outputs, documents) = await licensing.CompleteAsync<PracticeLicenceOutput>(Licence(Workers[0], "A"));

        outputs.Place.ShouldBe(1);
        outputs.ValidUntil.ShouldBe(Today.AddYears(5).AddDays(-1));
        documents.ShouldBe([new IssuedDocument("practice-licence", outputs.LicenceNumber, Today, outputs.ValidUntil)]);
        (await licensing.RefuseAsync(Licence(Workers[0], "a"))).ShouldBe([("one-licence-one-place", "/facilityName")]);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_three_are_licensed_and_a_revoked_one_frees_its_place()
    {
        StepRequest[] steps = [.. Enumerable.Range(0, 8).Select(i => Licence(Workers[1], $"Klinik {i}"))];

        var answers = await Task.WhenAll(steps.Select(licensing.Coordinator.AskAsync));

        answers.OfType<StepCompleted>()
            .Select(a => RunningAgency.Read<PracticeLicenceOutput>(a).Place).ShouldBe([1, 2, 3], ignoreOrder: true);
        answers.OfType<StepRefused>().ShouldAllBe(a => a.Reasons.Single().Requirement == "three-places");
        (await licensing.CheckAsync("licensing/practice-licence", new { nik = Workers[1].Person.Nik.Value }))
            .ShouldBe([("three-places", PreconditionStatus.Missing)]);

        var second = steps[Array.FindIndex(
            answers, a => a is StepCompleted c && RunningAgency.Read<PracticeLicenceOutput>(c).Place == 2)];
        (await licensing.CancelAsync(second)).ShouldBeOfType<StepCancelled>();
        (await licensing
            .CompleteAsync<PracticeLicenceOutput>(Licence(Workers[1], "Klinik 9"))).Outputs.Place.ShouldBe(2);
    }

    [Fact]
    public async Task A_licence_that_the_law_has_granted_meanwhile_is_told_again()
    {
        var step = Licence(Workers[2], "A");
        var (outputs, _) = await licensing.CompleteAsync<PracticeLicenceOutput>(step);

        await licensing.Coordinator.SendAsync("licensing", new StepDeemedGranted
        {
            Step = step.Step,
            Service = step.Service,
            DueAt = TimeProvider.System.GetUtcNow()
        });

        var again = (await licensing.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        RunningAgency.Read<PracticeLicenceOutput>(again).ShouldBe(outputs);
    }

    private static StepRequest Licence(HealthWorker worker, string facility) =>
        TestSteps.New("licensing/practice-licence", new
        {
            nik = worker.Person.Nik.Value,
            name = worker.Person.Name,
            profession = worker.Profession.ToString().ToLowerInvariant(),
            strNumber = worker.StrNumber,
            facilityName = facility,
            facilityAddress = "Unaaha",
            recommendationNumber = $"440/{Interlocked.Increment(ref _recommendations):D4}/REK/2026",
        });
}
