using System.Text.Json;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>
/// A mall in which agencies may be silent for one second only. Apart from the shared one, whose steps would all stall.
/// </summary>
[Collection(CoordinatorTests.Name)]
public sealed class SilentAgencyTests : IAsyncLifetime
{
    private readonly CoordinatorFixture _mall = new() { StallsAfter = "00:00:01" };

    public Task InitializeAsync() => _mall.InitializeAsync();

    public Task DisposeAsync() => _mall.DisposeAsync();

    [Fact]
    public async Task A_step_whose_agency_is_silent_is_shown_to_operators_until_the_late_reply_comes()
    {
        var number = await _mall.Client.SubmitAsync(Submissions.Test("one-step"));
        await Wait.UntilAsync(
            async () => (await _mall.Client.ApplicationAsync(number)).Step("only")
                .GetProperty("status").GetString() == "stalled", TimeSpan.FromSeconds(30), "the step is not stalled.");
        (await _mall.Client.ApplicationAsync(number))
            .GetProperty("nextToAct")[0].GetProperty("party").GetString().ShouldBe("operator");
        var item = (await WorklistAsync()).ShouldHaveSingleItem();
        (item.GetProperty("number").GetString(), item.GetProperty("step").GetString(),
            item.GetProperty("agency").GetString()).ShouldBe((number, "only", "police"));
        item.GetProperty("matters")
            .EnumerateArray().ShouldHaveSingleItem().GetProperty("matter").GetString().ShouldBe("stalled");
        item.GetProperty("acts").EnumerateArray().Select(a => a.GetString())
            .ShouldBe(["retry", "skip", "complete"], "it has no deadline that could be moved");

        await _mall.Agencies.CompleteAsync(number, "only");
        await _mall.Client.UntilAsync(number, "completed");
        (await WorklistAsync()).ShouldBeEmpty();
    }

    private async Task<List<JsonElement>> WorklistAsync()
    {
        using var response = await _mall.Client.GetAsAsync(
            "/v1/worklist", Tokens.Create("operations", "applications.operate"));
        return [.. (await response.JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
