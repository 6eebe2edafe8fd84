using System.Net;
using System.Text.Json;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>What operators find on their worklist, and how it leaves it.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class WorklistTests(CoordinatorFixture fixture)
{
    private const string Province = "73";

    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    [Fact]
    public async Task What_an_agency_does_not_cancel_stays_on_the_worklist_until_an_operator_closes_it()
    {
        var number = await WithAStandingResultAsync("73.71");

        var item = (await ItemsAsync(Operator("73.71"))).ShouldHaveSingleItem();
        (item.GetProperty("number").GetString(), item.GetProperty("applicationStatus")
            .GetString()).ShouldBe((number, "cancelled"));
        (item.GetProperty("step").GetString(), item.GetProperty("status").GetString()).ShouldBe(
            ("first", "cancellation-refused"));
        var matter = item.GetProperty("matters").EnumerateArray().ShouldHaveSingleItem();
        (matter.GetProperty("matter").GetString(), matter.GetProperty("text").GetString()).ShouldBe(
            ("stands", "Instansi tidak membatalkan; hasilnya tetap berlaku."));
        item.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldBe(["close"]);

        var token = Operator("73.71");
        (await Client.ProblemAsync(number, "steps/first/acts", new { act = "close", reason = "the citizen knows" },
            token)).ShouldBe((422, "invalid-request", "/evidence"));
        (await Client.ProblemAsync(
            number, "steps/first/acts", new { act = "close", reason = "the citizen knows", evidence = "    " }, token))
            .ShouldBe((422, "invalid-request", "/evidence"));
        (await Client.ProblemAsync(number, "steps/second/acts", Close, token))
            .ShouldBe((409, "not-possible-now", null));
        (await Client.ProblemAsync(number, "steps/first/acts", new { act = "retry", reason = "once more" }, token))
            .ShouldBe((409, "application-ended", null));
        var closed = await Client.ActAsync(number, "steps/first/acts", Close, token);

        closed.Step("first").GetProperty("needsOperator").GetBoolean().ShouldBeFalse();
        (await ItemsAsync(token)).ShouldBeEmpty();
        (await Client.ProblemAsync(number, "steps/first/acts", Close, token)).ShouldBe((409, "not-possible-now", null));
        using var timeline = await Client.GetAsAsync($"/v1/applications/{number}/timeline?limit=500", token);
        var last = (await timeline.JsonAsync()).GetProperty("items").EnumerateArray().TakeLast(2).ToList();
        last.Select(e => e.GetProperty("kind").GetString()).ShouldBe(["operator-acted", "step-closed"]);
        last[1].GetProperty("data").GetProperty("evidence").GetString().ShouldBe("letter 12/2026");
    }

    [Fact]
    public async Task Money_to_give_back_leaves_the_worklist_when_Payments_have_it_given_back()
    {
        var token = Operator("73.05");
        var number = await Client.SubmitAsync(Submissions.Test("one-step", region: "73.05"), token: token);
        var asked = await Agencies.AskedAsync(number, "only");
        await Agencies.ReplyAsync(new FeeRequested
        {
            Step = asked.Step,
            AmountRupiah = 30_000,
            Purpose = "PNBP",
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(3)
        });
        await StubAgencies.HeardAsync(Agencies.Fees, c => c.ApplicationNumber.Value == number);
        await Agencies.ReplyAsync(new FeePaid
        {
            Step = asked.Step,
            BillingCode = "820261122000025",
            AmountRupiah = 30_000,
            PaidAt = TimeProvider.System.GetUtcNow()
        });
        await StubAgencies.HeardAsync(Agencies.Paid, p => p.Step == asked.Step);
        await Client.ActAsync(number, "steps/only/acts", new { act = "skip", reason = "filed twice" }, token);

        await StubAgencies.HeardAsync(Agencies.Withdrawn, w => w.Step == asked.Step);
        var item = (await ItemsAsync(token)).ShouldHaveSingleItem();
        item.GetProperty("matters")
            .EnumerateArray().ShouldHaveSingleItem().GetProperty("matter").GetString().ShouldBe("refund-due");
        item.GetProperty("acts").EnumerateArray().ShouldBeEmpty("the money is where it is recorded");
        (await Client.ProblemAsync(number, "steps/only/acts",
            new { act = "close", reason = "paid back", evidence = "transfer 118/2026" }, token))
            .ShouldBe((409, "refund-due", null));

        await Agencies.ReplyAsync(new FeePaidBack
        {
            Step = asked.Step,
            BillingCode = "820261122000025",
            AmountRupiah = 30_000,
            Reference = "TRF-118",
            PaidBackAt = TimeProvider.System.GetUtcNow()
        });

        await Mpp.Support.Wait.UntilAsync(async () => (await ItemsAsync(token)).Count == 0, TimeSpan.FromSeconds(20),
            "the refund stays on the worklist.");
        using var answer = await Client.GetAsAsync($"/v1/applications/{number}", token);
        var fee = (await answer.JsonAsync()).Step("only").GetProperty("fee");
        (fee.GetProperty("refundDue").GetBoolean(), fee.GetProperty("paidBack").GetBoolean()).ShouldBe((false, true));
        using var timeline = await Client.GetAsAsync($"/v1/applications/{number}/timeline?limit=500", token);
        (await timeline.JsonAsync()).GetProperty("items").EnumerateArray()
            .Select(e => e.GetProperty("kind").GetString()).Where(k => k!.StartsWith("fee-", StringComparison.Ordinal))
            .ShouldBe(["fee-requested", "fee-paid", "fee-refund-due", "fee-paid-back"]);
    }

    [Fact]
    public async Task It_comes_in_pages_oldest_first_and_shows_a_region_its_own()
    {
        List<string> numbers = [];
        foreach (var region in (string[])["73.01", "73.02", "73.01"])
        {
            numbers.Add(await WithAStandingResultAsync(region));
        }

        var seen = new List<string>();
        for (var next = (string?)"/v1/worklist?limit=1"; next is not null;)
        {
            using var page = await Client.GetAsAsync(next, Operator(Province));
            seen.AddRange((await page.JsonAsync())
                .GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetString()!));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        seen.Where(numbers.Contains).ShouldBe(numbers, "the province sees its regencies");
        (await ItemsAsync(Operator("73.01")))
            .Select(i => i.GetProperty("number").GetString()).ShouldBe([numbers[0], numbers[2]]);
        (await ItemsAsync(Operator("73.0"))).ShouldBeEmpty();
        (await ItemsAsync(Operator(region: null))).ShouldBeEmpty();
        using var applicant = await Client.GetAsync("/v1/worklist");
        applicant.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var query in (string[])["limit=0", "limit=201", "after=1", $"after={numbers[1]}"])
        {
            using var bad = await Client.GetAsAsync($"/v1/worklist?{query}", Operator("73.01"));
            bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
        }
    }

    /// <summary>An application that is cancelled, and whose first step its agency does not cancel.</summary>
    private async Task<string> WithAStandingResultAsync(string region)
    {
        var token = Operator(region);
        var number = await Client.SubmitAsync(Submissions.Test("cancellable", region: region), token: token);
        await Agencies.CompleteAsync(number, "first");
        var asked = await Agencies.AskedAsync(number, "second");
        await Client.ActAsync(number, "cancellation", new { reason = "filed twice" }, token);
        await StubAgencies.HeardAsync(Agencies.Cancellations, u => u.Step == asked.Step);
        await Agencies.ReplyAsync(new StepCancelled { Step = asked.Step });
        var first = await StubAgencies.HeardAsync(
            Agencies.Cancellations, u => u.Step.ApplicationId == asked.Step.ApplicationId && u.Step.StepId == "first");
        await Agencies.ReplyAsync(new StepCancellationRefused
        {
            Step = first.Step,
            Reasons = [new("issued", new("Sudah terbit.", "Already issued."))]
        });
        await Mpp.Support.Wait.UntilAsync(
            async () => (await ItemsAsync(token)).Exists(i => i.GetProperty("number").GetString() == number),
            TimeSpan.FromSeconds(20), "it is not on the worklist.");
        return number;
    }

    private static readonly object Close =
        new { act = "close", reason = "the citizen knows", evidence = "letter 12/2026" };

    private static string Operator(string? region) =>
        Tokens.Create("operations", "applications.submit applications.read applications.operate", region);

    private async Task<List<JsonElement>> ItemsAsync(string token)
    {
        using var response = await Client.GetAsAsync("/v1/worklist", token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return [.. (await response.JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
