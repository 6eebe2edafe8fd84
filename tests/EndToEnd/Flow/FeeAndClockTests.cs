using System.Net;
using System.Text.Json;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Flow;

/// <summary>Money and time, through the gateway and on all processes.</summary>
[Collection(MallCollection.Name)]
public sealed class FeeAndClockTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_fee_that_is_paid_twice_at_once_is_taken_once()
    {
        var number = await SubmitAsync(SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(12).First()));
        string? code = null;
        await Wait.UntilAsync(async () => (code = MallFixture.BillOf(await ReadAsync(number))) is not null, Limit, "no bill came.");
        var bank = await mall.BankAsync();
        var bill = (await bank.InquireAsync(code!))!;
        bill.AmountRupiah.ShouldBe(30_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var answer = await bank.SettleAsync(code!, bill.AmountRupiah, bill.CreatedAt, $"TWICE-{number}-{i}");
            return answer.StatusCode;
        }));

        answers.Count(status => status is HttpStatusCode.Created).ShouldBe(1);
        answers.Where(status => status is not HttpStatusCode.Created).ShouldAllBe(status => status == HttpStatusCode.Conflict);
        (await mall.AwaitEndAsync(number, Limit)).GetProperty("status").GetString().ShouldBe("completed");
        (await mall.TimelineAsync(number)).Count(entry => entry.GetProperty("kind").GetString() == "fee-paid").ShouldBe(1);
    }

    [Fact]
    public async Task A_bank_that_calls_before_the_bill_exists_is_told_so()
    {
        using var answer = await (await mall.BankAsync()).SettleAsync("123456789012347", 30_000, TimeProvider.System.GetUtcNow(), "EARLY-1");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agency_that_is_silent_past_its_deadline_is_escalated_and_its_late_answer_still_counts()
    {
        mall.Mall.Suspend("civil-registry");
        string number;
        try
        {
            number = await SubmitAsync(SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(13).First()));
            await mall.Mall.AdvanceClockAsync(TimeSpan.FromMinutes(90));
            await Wait.UntilAsync(async () => Step(await ReadAsync(number), "identity").GetProperty("needsOperator").GetBoolean(), Limit, "nobody was told.");
            (await mall.TimelineAsync(number)).Select(entry => entry.GetProperty("kind").GetString()).ShouldContain("deadline-passed");
        }
        finally
        {
            mall.Mall.Resume("civil-registry");
        }

        (await mall.AwaitEndAsync(number, Limit)).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_licence_that_nobody_decides_on_for_five_working_days_is_granted_by_law_and_issued()
    {
        mall.Mall.Suspend("licensing");
        string number;
        try
        {
            number = await SubmitAsync(SandboxApplications.HealthWorkerLicence(HealthWorkers.Ready(mall.People).First()));
            await Wait.UntilAsync(async () => Step(await ReadAsync(number), "licence").GetProperty("status").GetString() is "requested", Limit, "the licence was not asked for.");
            await mall.Mall.AdvanceClockAsync(TimeSpan.FromDays(9));
            await Wait.UntilAsync(async () => Step(await ReadAsync(number), "licence").GetProperty("status").GetString() is "deemed-granted", Limit, "it was not granted.");
        }
        finally
        {
            mall.Mall.Resume("licensing");
        }

        var application = await mall.AwaitEndAsync(number, Limit);
        application.GetProperty("status").GetString().ShouldBe("completed");
        Step(application, "licence").GetProperty("documents").GetArrayLength().ShouldBe(1, "the agency is bound, and issues");
    }

    private async Task<string> SubmitAsync(System.Text.Json.Nodes.JsonObject application) =>
        (await mall.SubmitAsync(application, Limit)).Application.GetProperty("number").GetString()!;

    private Task<JsonElement> ReadAsync(string number) => mall.GetAsync($"/v1/applications/{number}");

    private static JsonElement Step(JsonElement application, string id) =>
        application.GetProperty("steps").EnumerateArray().First(step => step.GetProperty("id").GetString() == id);
}
