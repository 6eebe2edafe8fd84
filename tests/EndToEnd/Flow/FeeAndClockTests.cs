using System.Net;
using System.Text.Json;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;
using static Mpp.EndToEnd.MallFixture;

namespace Mpp.EndToEnd.Flow;

/// <summary>Money and time, through the gateway and on all processes.</summary>
[Collection(MallCollection.Name)]
public sealed class FeeAndClockTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_fee_that_is_paid_twice_at_once_is_taken_once()
    {
        var number = await mall.FileAsync(
            SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(12).First()));
        string? code = null;
        await Wait.UntilAsync(async () => (code = BillOf(await ReadAsync(number))) is not null, Limit, "no bill came.");
        var bank = await mall.BankAsync();
        var bill = (await bank.InquireAsync(code!))!;
        bill.AmountRupiah.ShouldBe(30_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var answer = await bank.PayAsync(code!, bill.AmountRupiah, bill.CreatedAt, $"TWICE-{number}-{i}");
            return answer.StatusCode;
        }));

        answers.Count(status => status is HttpStatusCode.Created).ShouldBe(1);
        answers.Where(status => status is not HttpStatusCode.Created)
            .ShouldAllBe(status => status == HttpStatusCode.Conflict);
        (await mall.AwaitEndAsync(number, Limit)).GetProperty("status").GetString().ShouldBe("completed");
        (await mall.TimelineAsync(number))
            .Count(entry => entry.GetProperty("kind").GetString() == "fee-paid").ShouldBe(1);
    }

    [Fact]
    public async Task A_bank_that_calls_before_the_bill_exists_is_told_so()
    {
        using var answer = await (await mall.BankAsync())
            .PayAsync("823456789012344", 30_000, TimeProvider.System.GetUtcNow(), "EARLY-1");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agency_that_is_silent_past_its_deadline_is_escalated_and_its_late_answer_still_counts()
    {
        mall.Mall.Suspend("civil-registry");
        string number;
        try
        {
            number = await mall.FileAsync(
                SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(13).First()));
            await mall.Mall.AdvanceClockAsync(TimeSpan.FromMinutes(90));
            await AwaitEntryAsync(number, "step-overdue");
            Step(await ReadAsync(number), "identity").GetProperty("needsOperator").GetBoolean().ShouldBeTrue();
            using var operations = await mall.Mall.ClientAsync("operator");
            var item = JsonElement.Parse(await operations.GetStringAsync("/v1/worklist?limit=200"))
                .GetProperty("items").EnumerateArray()
                .Single(i => i.GetProperty("number").GetString() == number);
            item.GetProperty("matters")
                .EnumerateArray().Select(m => m.GetProperty("matter").GetString()).ShouldContain("overdue");
            item.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldContain("extend");
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
            number = await mall.FileAsync(
                SandboxApplications.HealthWorkerLicence(HealthWorkers.Ready(mall.People).First()));
            await Wait.UntilAsync(async () => Step(await ReadAsync(number), "licence")
                .GetProperty("status").GetString() is "requested", Limit, "the licence was not asked for.");
            await mall.Mall.AdvanceClockAsync(TimeSpan.FromDays(9));
            await Wait.UntilAsync(async () => Step(await ReadAsync(number), "licence")
                .GetProperty("status").GetString() is "deemed-granted", Limit, "it was not granted.");
        }
        finally
        {
            mall.Mall.Resume("licensing");
        }

        var application = await mall.AwaitEndAsync(number, Limit);
        application.GetProperty("status").GetString().ShouldBe("completed");
        Step(application, "licence")
            .GetProperty("documents").GetArrayLength().ShouldBe(1, "the agency is bound, and issues");
    }

    [Fact]
    public async Task A_decision_in_time_counts_also_when_the_coordinator_was_away_at_the_limit()
    {
        const string Decided =
            "SELECT count(*) FROM steps WHERE service = 'licensing/practice-licence' AND state = 'completed'";
        mall.Mall.Suspend("licensing");
        var number = await mall.FileAsync(
            SandboxApplications.HealthWorkerLicence(HealthWorkers.Ready(mall.People).Skip(1).First()));
        await mall.AwaitStepAsync(number, "licence", "requested");
        var before = await mall.ScalarAsync<long>("mpp_licensing", Decided);
        await mall.Mall.TakeDownAsync("applications");
        try
        {
            mall.Mall.Resume("licensing");
            await Wait.UntilAsync(async () => await mall.ScalarAsync<long>("mpp_licensing", Decided) > before, Limit,
                "the licence was not decided on.");
            await mall.Mall.AdvanceClockAsync(TimeSpan.FromDays(9));
        }
        finally
        {
            await mall.Mall.BringUpAsync("applications");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        StatusOf(ended, "licence").ShouldBe("completed", "the office was in time, the coordinator was not there");
        (await mall.TimelineAsync(number))
            .Select(entry => entry.GetProperty("kind").GetString()).ShouldNotContain("step-deemed-granted");
    }

    [Fact]
    public async Task An_agency_that_is_down_for_five_days_holds_up_only_what_needs_it_and_loses_nothing()
    {
        await mall.Mall.TakeDownAsync("police");
        string number;
        try
        {
            number = await mall.FileAsync(
                SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(14).First()));
            await mall.AwaitStepAsync(number, "skck", "requested");
            for (var day = 1; day <= 5; day++)
            {
                await mall.Mall.AdvanceClockAsync(TimeSpan.FromDays(1));
            }

            // A working day is the deadline, and five days hold one, whichever day it is.
            await AwaitEntryAsync(number, "step-overdue");
            var waiting = Step(await ReadAsync(number), "skck");
            waiting.GetProperty("needsOperator").GetBoolean().ShouldBeTrue();
            waiting.GetProperty("nextToAct").GetProperty("party").GetString().ShouldBe("operator");
            (await mall.TimelineAsync(number))
                .Count(entry => entry.GetProperty("kind").GetString() == "step-overdue").ShouldBe(1);
            var business = await mall.FileAsync(
                SandboxApplications.StartBusiness(Population.Owners(mall.People).Skip(6).First()));
            (await mall.AwaitEndAsync(business, Limit))
                .GetProperty("status").GetString().ShouldBe("completed", "who needs no police is not held up");
        }
        finally
        {
            await mall.Mall.BringUpAsync("police");
        }

        var ended = await mall.AwaitEndAsync(number, Limit);
        ended.GetProperty("status").GetString().ShouldBe("completed", ended.ToString());
        Step(ended, "skck").GetProperty("attempt").GetInt32().ShouldBe(1, "nobody had to ask again");
        (await mall.ScalarAsync<long>("mpp_police", "SELECT count(*) FROM skck WHERE number = $1",
            Step(ended, "skck").GetProperty("documents")[0].GetProperty("number").GetString()!)).ShouldBe(1);
    }

    private Task AwaitEntryAsync(string number, string kind) => Wait.UntilAsync(
        async () => (await mall.TimelineAsync(number)).Any(entry => entry.GetProperty("kind").GetString() == kind),
        Limit, $"the timeline has no {kind}.");

    private Task<JsonElement> ReadAsync(string number) => mall.GetAsync($"/v1/applications/{number}");
}
