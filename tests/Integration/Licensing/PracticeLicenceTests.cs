using Microsoft.EntityFrameworkCore;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Data;
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
    public async Task A_licence_is_renewed_at_its_place_by_who_has_three_and_stands_again_when_the_new_one_is_revoked()
    {
        StepRequest[] three = [.. Enumerable.Range(1, 3).Select(i => Licence(Workers[3], $"Praktik {i}"))];
        foreach (var step in three)
        {
            await licensing.CompleteAsync<PracticeLicenceOutput>(step);
        }

        (await licensing.SendBackAsync(Licence(Workers[4], "Praktik 2", renewal: true)))
            .ShouldBe([("licence-to-renew", "/renewal")]);
        var renewal = Licence(Workers[3], "praktik 2", renewal: true);
        (await licensing.CompleteAsync<PracticeLicenceOutput>(renewal)).Outputs.Place.ShouldBe(2);
        (await StatusesAsync()).ShouldBe([PermitStatus.Active, PermitStatus.Replaced, PermitStatus.Active,
            PermitStatus.Active]);

        (await licensing.CancelAsync(renewal)).ShouldBeOfType<StepCancelled>();
        (await StatusesAsync()).ShouldBe([PermitStatus.Active, PermitStatus.Active, PermitStatus.Active,
            PermitStatus.Revoked]);
    }

    private Task<List<PermitStatus>> StatusesAsync() =>
        licensing.InDatabaseAsync<LicensingDbContext, List<PermitStatus>>(db => db.PracticeLicences
            .Where(l => l.HolderNik == Workers[3].Person.Nik).OrderBy(l => l.Number).Select(l => l.Status)
            .ToListAsync());

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

    private static StepRequest Licence(HealthWorker worker, string facility, bool renewal = false) =>
        TestSteps.New("licensing/practice-licence", new
        {
            nik = worker.Person.Nik.Value,
            name = worker.Person.Name,
            profession = worker.Profession.ToString().ToLowerInvariant(),
            strNumber = worker.StrNumber,
            facilityName = facility,
            facilityAddress = "Unaaha",
            renewal,
            recommendationNumber = $"440/{Interlocked.Increment(ref _recommendations):D4}/REK/2026",
        });
}
