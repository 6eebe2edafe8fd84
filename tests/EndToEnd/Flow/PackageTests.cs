using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Local;
using Mpp.Sandbox;
using Shouldly;
using Xunit;
using static Mpp.EndToEnd.MallFixture;

namespace Mpp.EndToEnd.Flow;

/// <summary>Each package, from an integrator's request to the numbers of the documents.</summary>
[Collection(MallCollection.Name)]
public sealed class PackageTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_birth_gives_a_certificate_a_new_family_card_a_child_identity_card_and_an_insured_baby()
    {
        var application = await CompleteAsync(SandboxApplications.Birth(Population.Couples(mall.People).First(),
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8))));

        Documents(application).ShouldBe(["birth-certificate", "child-identity-card", "family-card"], ignoreOrder: true);
        StatusOf(application, "newborn-enrolment").ShouldBe("completed");
        StatusOf(application, "father-identity").ShouldBe("completed");
    }

    [Fact]
    public async Task A_birth_without_a_known_father_skips_his_identity_and_completes()
    {
        var birth = SandboxApplications.Birth(Population.Couples(mall.People).Skip(1).First(),
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8)));
        birth["input"]!.AsObject().Remove("father");

        var application = await CompleteAsync(birth);

        StatusOf(application, "father-identity").ShouldBe("skipped");
        Documents(application).ShouldContain("birth-certificate");
    }

    [Fact]
    public async Task A_job_seeker_gets_an_SKCK()
    {
        var application = await CompleteAsync(
            SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).First()));

        Documents(application).ShouldBe(["skck"]);
    }

    [Fact]
    public async Task A_new_business_gets_its_number_its_certificate_and_its_workers_insured()
    {
        var application = await CompleteAsync(
            SandboxApplications.StartBusiness(Population.Owners(mall.People).First()));

        Documents(application).ShouldBe(["nib", "npp", "standard-certificate"], ignoreOrder: true);
    }

    [Fact]
    public async Task Somebody_with_an_open_police_record_is_refused_with_the_reason_and_gets_no_SKCK()
    {
        var person = mall.People.First(
            p => p is { Deceased: null, PoliceRecord: PoliceRecord.Open, Jkn.Status: JknStatus.Active }
                && p.AgeOn(Population.CountedOn) is >= 18 and <= 58);
        var (accepted, _) = await mall.SubmitAsync(SandboxApplications.JobSeeker(person), Limit);

        var application = await mall.AwaitEndAsync(accepted.GetProperty("number").GetString()!, Limit);

        application.GetProperty("status").GetString().ShouldBe("refused");
        Documents(application).ShouldBeEmpty();
        Step(application, "skck").GetProperty("reasons").EnumerateArray()
            .Select(reason => reason.GetProperty("requirement").GetString()).ShouldContain("no-open-record");
    }

    private async Task<JsonElement> CompleteAsync(JsonObject request)
    {
        var (accepted, _) = await mall.SubmitAsync(request, Limit);
        var application = await mall.AwaitEndAsync(accepted.GetProperty("number").GetString()!, Limit);
        application.GetProperty("status").GetString().ShouldBe("completed", application.ToString());
        return application;
    }

    private static List<string?> Documents(JsonElement application) =>
        [.. application.GetProperty("steps").EnumerateArray()
            .SelectMany(step => step.GetProperty("documents").EnumerateArray())
            .Select(document => document.GetProperty("kind").GetString())];
}
