using System.Text.Json;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Flow;

/// <summary>What an applicant does while the real agencies work.</summary>
[Collection(MallCollection.Name)]
public sealed class ActsTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_missing_proof_is_asked_for_and_given_and_the_SKCK_is_issued()
    {
        var inactive = mall.People.First(p => p is { Deceased: null, PoliceRecord: PoliceRecord.None, Jkn.Status: JknStatus.Inactive } && p.AgeOn(Population.CountedOn) is >= 20 and <= 58);
        var application = SandboxApplications.JobSeeker(inactive);
        var number = (await mall.SubmitAsync(application, Limit)).Application.GetProperty("number").GetString()!;
        await UntilAsync(number, "skck", "awaiting-correction");
        var waiting = await mall.GetAsync($"/v1/applications/{number}");
        waiting.GetProperty("status").GetString().ShouldBe("awaiting-applicant");
        var items = Step(waiting, "skck").GetProperty("reasons").EnumerateArray().ToList();

        await mall.PostAsync($"/v1/applications/{number}/steps/skck/corrections", new
        {
            answers = items.Select(item => new { requirement = item.GetProperty("requirement").GetString(), pointer = item.GetProperty("pointer").GetString(), value = "8888801234567890" }),
        });

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        Step(ended, "skck").GetProperty("attempt").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task An_application_that_is_cancelled_in_hand_is_withdrawn()
    {
        mall.Mall.Suspend("police");
        string number;
        try
        {
            number = (await mall.SubmitAsync(SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(15).First()), Limit)).Application.GetProperty("number").GetString()!;
            await UntilAsync(number, "skck", "requested");
            (await mall.PostAsync($"/v1/applications/{number}/cancellation", new { })).GetProperty("status").GetString().ShouldBe("cancelling");
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
            number = (await mall.SubmitAsync(SandboxApplications.StartBusiness(Population.Owners(mall.People).Skip(3).First()), Limit)).Application.GetProperty("number").GetString()!;
            await UntilAsync(number, "standard-certificate", "completed");
            await mall.PostAsync($"/v1/applications/{number}/cancellation", new { });
        }
        finally
        {
            mall.Mall.Resume("bpjs");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("cancelled", ended.ToString());
        Step(ended, "standard-certificate").GetProperty("status").GetString().ShouldBe("cancelled", "what can be undone is undone");
        // Whether the insurance has enrolled the workers before it hears of the cancellation is a race; an enrolment is not taken back.
        var enrolment = Step(ended, "employer-registration");
        var stands = enrolment.GetProperty("status").GetString() is "cancellation-refused";
        enrolment.GetProperty("needsOperator").GetBoolean().ShouldBe(stands);
        Step(ended, "nib").GetProperty("status").GetString().ShouldBe(stands ? "completed" : "cancelled", "a number stands while something rests on it, and only then");
    }

    private Task UntilAsync(string number, string step, string status) => Wait.UntilAsync(
        async () => Step(await mall.GetAsync($"/v1/applications/{number}"), step).GetProperty("status").GetString() == status, Limit, $"{step} is not {status}.");

    private static JsonElement Step(JsonElement application, string id) =>
        application.GetProperty("steps").EnumerateArray().First(step => step.GetProperty("id").GetString() == id);
}
