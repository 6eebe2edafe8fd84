using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Contracts;
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
        StatusOf(application, "newborn-nik").ShouldBe("completed");
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
    public async Task A_lost_driving_licence_without_a_class_is_asked_about_before_the_application_completes()
    {
        var licence = Drivers.Of(mall.People).Last(
            l => l.ValidUntil > Population.CountedOn.AddYears(4) && l.Person.Jkn.Status == JknStatus.Active);
        var wallet = SandboxApplications.LostWallet(
            licence.Person, DateOnly.FromDateTime((await mall.Mall.NowAsync()).UtcDateTime.AddHours(8)));
        wallet["input"]!["lost"]!["drivingLicence"] = true;
        var number = await mall.FileAsync(wallet);

        var asked = await mall.AwaitStepAsync(number, "driving-licence", "awaiting-correction");
        var reason = Step(asked, "driving-licence").GetProperty("reasons").EnumerateArray().Single();
        reason.GetProperty("requirement").GetString().ShouldBe("licence-class");
        await mall.PostAsync($"/v1/applications/{number}/steps/driving-licence/corrections", new
        {
            answers = new[]
            {
                new { requirement = "licence-class", pointer = "/input/drivingLicence/classes",
                    value = new[] { licence.Class } },
            },
        });

        var application = await mall.AwaitEndAsync(number, Limit);
        application.GetProperty("status").GetString().ShouldBe("completed", application.ToString());
        Documents(application).ShouldContain("driving-licence");
    }

    [Fact]
    public async Task A_child_whose_father_has_died_is_registered_with_him()
    {
        var couple = (from mother in mall.People
                      where mother is { Sex: Sex.Female, Deceased: null, Jkn.Status: JknStatus.Active }
                      where mother.AgeOn(Population.CountedOn) < 45
                      from father in mall.People
                      where father.Nik == mother.SpouseNik && father.Deceased is not null
                      let born = father.Deceased!.Value.AddDays(290)
                      where born > Population.CountedOn.AddDays(-90) && born < Population.CountedOn.AddDays(300)
                      where mall.People.All(c => c.MotherNik != mother.Nik || c.BirthDate.AddMonths(9) < born)
                      select new Couple(mother, father)).First();
        // The form's child is a week old.
        var birth = SandboxApplications.Birth(couple, couple.Father.Deceased!.Value.AddDays(290 + 7));
        birth["input"]!["marriage"] = new JsonObject { ["proof"] = "marriage-book", ["number"] = "12/3/2019" };
        birth["input"]!["lateReportApproval"] = "470/12/2026";

        var application = await CompleteAsync(birth);

        StatusOf(application, "father-identity").ShouldBe("completed");
        StatusOf(application, "newborn-nik").ShouldBe("completed");
        Documents(application).ShouldContain("birth-certificate");
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
