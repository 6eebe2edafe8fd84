using System.Text.Json.Nodes;
using Mpp.Local;
using Mpp.Sandbox;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Flow;

/// <summary>What <c>/sandbox/people</c> says that somebody is good for comes true at the agencies.</summary>
[Collection(MallCollection.Name)]
public sealed class ExampleTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("job-seeker", "completed", null)]
    [InlineData("closed-record", "completed", null)]
    [InlineData("deceased", "refused", "person-alive")]
    [InlineData("lost-wallet", "completed", null)]
    [InlineData("driving-licence", "completed", null)]
    [InlineData("parents", "completed", null)]
    [InlineData("business-owner", "completed", null)]
    [InlineData("blocked-owner", "refused", "owner-not-blocked")]
    [InlineData("sanctioned-owner", "completed", null)]
    [InlineData("health-worker", "completed", null)]
    [InlineData("suspended-health-worker", "refused", "str-valid")]
    public async Task The_outcome_is_as_the_list_says(string code, string status, string? requirement)
    {
        var ended = await mall.AwaitEndAsync(await mall.FileAsync(await ApplicationAsync(code)), Limit);

        ended.GetProperty("status").GetString().ShouldBe(status, ended.ToString());
        Reasons(ended).ShouldBe(requirement is null ? [] : [requirement]);
    }

    [Fact]
    public async Task Somebody_with_an_open_case_waits_for_an_officer()
    {
        var number = await mall.FileAsync(await ApplicationAsync("open-record"));

        var waiting = await mall.AwaitStepAsync(number, "skck", "in-progress");

        Reasons(waiting).ShouldBeEmpty();
        await mall.PostAsync($"/v1/applications/{number}/cancellation", new { });
    }

    [Theory]
    [InlineData("inactive-jkn", "jkn-active-or-proof")]
    [InlineData("no-jkn", "jkn-active-or-proof")]
    [InlineData("too-young", "identity-document")]
    public async Task Somebody_without_active_JKN_or_an_identity_card_is_asked_for_a_paper(
        string code, string requirement)
    {
        var number = await mall.FileAsync(await ApplicationAsync(code));

        var waiting = await mall.AwaitStepAsync(number, "skck", "awaiting-correction");

        Reasons(waiting).ShouldBe([requirement]);
        await mall.PostAsync($"/v1/applications/{number}/cancellation", new { });
    }

    [Fact]
    public void Every_example_is_tried_here()
    {
        string[] tried =
        [
            "job-seeker", "open-record", "closed-record", "too-young", "deceased", "lost-wallet", "driving-licence",
            "parents", "business-owner",
            "blocked-owner", "sanctioned-owner", "health-worker", "suspended-health-worker", "inactive-jkn", "no-jkn",
        ];
        Examples.All.Select(e => e.Code).ShouldBe(tried, ignoreOrder: true);
    }

    // The person as the gateway's list has it, in a form that is otherwise in order.
    private async Task<JsonObject> ApplicationAsync(string code)
    {
        var listed = (await mall.GetAsync($"/sandbox/people?for={code}")).GetProperty("items")[0];
        var today = DateOnly.FromDateTime((await mall.Mall.NowAsync()).UtcDateTime.AddHours(8));
        var application = listed.GetProperty("package").GetString() switch
        {
            "job-seeker" => SandboxApplications.JobSeeker(mall.People[0]),
            "lost-wallet" => SandboxApplications.LostWallet(mall.People[0], today),
            "birth" => SandboxApplications.Birth(Population.Couples(mall.People).First(), today),
            "start-business" => SandboxApplications.StartBusiness(mall.People[0]),
            _ => SandboxApplications.HealthWorkerLicence(HealthWorkers.Ready(mall.People).First()),
        };
        // Not the first: other tests file for that one, and a newborn of the same day would be the same.
        foreach (var (name, part) in JsonNode.Parse(
            listed.GetProperty("people").EnumerateArray().Last().GetProperty("input").GetRawText())!.AsObject())
        {
            application["input"]![name] = part!.DeepClone();
        }

        if (code == "driving-licence")
        {
            application["input"]!["lost"]!["drivingLicence"] = true;
        }

        return application;
    }

    private static List<string?> Reasons(System.Text.Json.JsonElement application) =>
        [.. application.GetProperty("steps").EnumerateArray()
            .SelectMany(step => step.GetProperty("reasons").EnumerateArray())
            .Select(reason => reason.GetProperty("requirement").GetString())];
}
