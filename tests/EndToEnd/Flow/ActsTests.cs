using System.Net;
using System.Text.Json.Nodes;
using Mpp.Local;
using Mpp.Sandbox;
using Shouldly;
using Xunit;
using static Mpp.EndToEnd.MallFixture;

namespace Mpp.EndToEnd.Flow;

/// <summary>What an applicant does while the real agencies work.</summary>
[Collection(MallCollection.Name)]
public sealed class ActsTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_missing_proof_is_asked_for_and_given_and_the_SKCK_is_issued()
    {
        var inactive = mall.People.First(
            p => p is { Deceased: null, PoliceRecord: PoliceRecord.None, Jkn.Status: JknStatus.Inactive }
                && p.AgeOn(Population.CountedOn) is >= 20 and <= 58);
        var application = SandboxApplications.JobSeeker(inactive);
        var number = await mall.FileAsync(application);
        var waiting = await mall.AwaitStepAsync(number, "skck", "awaiting-correction");
        waiting.GetProperty("status").GetString().ShouldBe("awaiting-applicant");
        var items = Step(waiting, "skck").GetProperty("reasons").EnumerateArray().ToList();

        await mall.PostAsync($"/v1/applications/{number}/steps/skck/corrections", new
        {
            answers = items.Select(item => new
            {
                requirement = item.GetProperty("requirement").GetString(),
                pointer = item.GetProperty("pointer").GetString(),
                value = "8888801234567890"
            }),
        });

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        Step(ended, "skck").GetProperty("attempt").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_correction_waits_in_one_branch_while_another_completes_and_both_come_together()
    {
        var number = await mall.FileAsync(await UnwitnessedBirthAsync(4));
        await mall.AwaitStepAsync(number, "birth-certificate", "awaiting-correction");
        var waiting = await mall.AwaitStepAsync(number, "newborn-enrolment", "completed");
        waiting.GetProperty("status").GetString().ShouldBe("awaiting-applicant");
        StatusOf(waiting, "family-card").ShouldBe("waiting");

        await mall.PostAsync($"/v1/applications/{number}/steps/birth-certificate/corrections", new
        {
            answers = new[]
            {
                new
                {
                    requirement = "birth-letter-or-statement",
                    pointer = "/input/birthLetter/witnesses",
                    value = Witnesses(),
                },
            },
        });

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        Step(ended, "birth-certificate").GetProperty("attempt").GetInt32().ShouldBe(2);
        Step(ended, "newborn-enrolment")
            .GetProperty("attempt").GetInt32().ShouldBe(1, "the other branch was left alone");
    }

    [Fact]
    public async Task A_refused_part_is_mended_and_filed_again_and_what_was_granted_stands()
    {
        var business = SandboxApplications.StartBusiness(Population.Owners(mall.People).Skip(5).First());
        business["input"]!["declaration"] = false;
        var number = await mall.FileAsync(business);
        var inPart = await mall.AwaitEndAsync(number, Limit);
        inPart.GetProperty("status").GetString().ShouldBe("completed-in-part", inPart.ToString());
        var refused = Step(inPart, "standard-certificate");
        var reason = refused.GetProperty("reasons").EnumerateArray().Single();
        reason.GetProperty("requirement").GetString().ShouldBe("declaration-signed");
        reason.GetProperty("legalBasis").GetString().ShouldBe("PP 28/2025");
        refused.GetProperty("objection").GetString().ShouldNotBeNullOrEmpty();
        refused.GetProperty("canRefile").GetBoolean().ShouldBeTrue();

        await mall.PostAsync($"/v1/applications/{number}/steps/standard-certificate/refilings",
            new { changes = new[] { new { pointer = "/input/declaration", value = true } } });

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        Step(ended, "standard-certificate").GetProperty("documents").GetArrayLength().ShouldBe(1);
        foreach (var granted in (string[])["nib", "employer-registration"])
        {
            Step(ended, granted).GetProperty("attempt").GetInt32().ShouldBe(1);
            Step(ended, granted).GetProperty("documents")
                .ToString().ShouldBe(Step(inPart, granted).GetProperty("documents").ToString());
        }
    }

    [Fact]
    public async Task An_application_that_is_cancelled_before_the_pivot_is_cancelled_and_can_be_filed_anew()
    {
        var birth = await UnwitnessedBirthAsync(5);
        var number = await mall.FileAsync(birth);
        await mall.AwaitStepAsync(number, "birth-certificate", "awaiting-correction");
        await mall.AwaitStepAsync(number, "newborn-enrolment", "completed");

        await mall.PostAsync($"/v1/applications/{number}/cancellation", new { });

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("cancelled", ended.ToString());
        StatusOf(ended, "birth-certificate").ShouldBe("cancelled");
        StatusOf(ended, "newborn-enrolment").ShouldBe("cancelled", "the insurance takes the enrolment back");
        var letter = birth["input"]!["birthLetter"]!["number"]!.GetValue<string>();
        (await mall.ScalarAsync<string>("mpp_bpjs",
            "SELECT status FROM newborn_enrolments WHERE birth_letter_number = $1", letter)).ShouldBe("withdrawn");

        birth["input"]!["birthLetter"]!["witnesses"] = new JsonArray([.. Witnesses().Select(nik => (JsonNode)nik)]);
        (await mall.AwaitEndAsync(await mall.FileAsync(birth), Limit))
            .GetProperty("status").GetString().ShouldBe("completed", "nothing of the first stands in its way");
    }

    [Fact]
    public async Task Past_the_pivot_a_cancellation_is_denied_and_the_application_goes_on_to_its_end()
    {
        await mall.Mall.TakeDownAsync("bpjs");
        string number;
        try
        {
            number = await mall.FileAsync(SandboxApplications.Birth(
                Population.Couples(mall.People).Skip(6).First(), await mall.TodayAsync()));
            await mall.AwaitStepAsync(number, "birth-certificate", "completed");

            var (status, problem) = await mall.TryPostAsync($"/v1/applications/{number}/cancellation", new { });

            status.ShouldBe(HttpStatusCode.Conflict);
            problem.GetProperty("type").GetString()!.ShouldEndWith("past-pivot");
        }
        finally
        {
            await mall.Mall.BringUpAsync("bpjs");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        (await mall.TimelineAsync(number))
            .Select(entry => entry.GetProperty("kind").GetString()).ShouldNotContain("cancellation-asked");
    }

    [Fact]
    public async Task An_application_that_is_cancelled_in_hand_is_withdrawn()
    {
        mall.Mall.Suspend("police");
        string number;
        try
        {
            number = await mall.FileAsync(
                SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(15).First()));
            await mall.AwaitStepAsync(number, "skck", "requested");
            (await mall.PostAsync($"/v1/applications/{number}/cancellation", new { }))
                .GetProperty("status").GetString().ShouldBe("cancelling");
        }
        finally
        {
            mall.Mall.Resume("police");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("cancelled", ended.ToString());
        Step(ended, "skck").GetProperty("documents").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_business_that_is_given_up_is_taken_back_as_far_as_its_agencies_agree()
    {
        mall.Mall.Suspend("bpjs");
        string number;
        try
        {
            number = await mall.FileAsync(
                SandboxApplications.StartBusiness(Population.Owners(mall.People).Skip(3).First()));
            await mall.AwaitStepAsync(number, "standard-certificate", "completed");
            await mall.PostAsync($"/v1/applications/{number}/cancellation", new { });
        }
        finally
        {
            mall.Mall.Resume("bpjs");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("cancelled", ended.ToString());
        Step(ended, "standard-certificate")
            .GetProperty("status").GetString().ShouldBe("cancelled", "what can be cancelled is cancelled");
        // Whether the insurance has enrolled the workers before it hears of the cancellation is a race; an enrolment is
        // not taken back.
        var enrolment = Step(ended, "employer-registration");
        var stands = enrolment.GetProperty("status").GetString() is "cancellation-refused";
        enrolment.GetProperty("needsOperator").GetBoolean().ShouldBe(stands);
        Step(ended, "nib").GetProperty("status").GetString()
            .ShouldBe(stands ? "completed" : "cancelled", "a number stands while something rests on it, and only then");
    }

    // The parents state the birth themselves, and nobody witnesses it: the registry wants that mended. The insurance
    // does not ask.
    private async Task<JsonObject> UnwitnessedBirthAsync(int couple)
    {
        var birth = SandboxApplications.Birth(
            Population.Couples(mall.People).Skip(couple).First(), await mall.TodayAsync());
        birth["input"]!["birthLetter"]!["kind"] = "statement";
        return birth;
    }

    private string[] Witnesses()
    {
        var (mother, father) = Population.Couples(mall.People).Skip(20).First();
        return [mother.Nik.Value, father.Nik.Value];
    }
}
