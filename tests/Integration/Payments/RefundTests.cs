using System.Net;
using System.Text.Json;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

[Collection(PaymentsTests.Name)]
public sealed class RefundTests(PaymentsFixture fixture)
{
    [Fact]
    public async Task Money_for_a_step_that_is_withdrawn_after_payment_stays_recorded_and_is_to_be_refunded()
    {
        var kept = Fee(NewStep("passport"), 350_000, region: "71.01");
        var step = NewStep("skck", kept.Step.ApplicationId);
        var code = (await fixture.Coordinator.BillAsync(kept)).BillingCode;
        await fixture.Coordinator.BillAsync(Fee(step, region: "71.01"));
        (await fixture.PayAsync(code, 380_000, "R-" + code)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await fixture.Coordinator.HeardAsync(step, 2);

        (await fixture.Coordinator.WithdrawAsync(step)).ShouldBeOfType<FeePaid>().AmountRupiah.ShouldBe(30_000);
        (await fixture.Coordinator.WithdrawAsync(step)).ShouldBeOfType<FeePaid>("and again");

        var refund = (await ItemsAsync("/v1/refunds", "71.01")).ShouldHaveSingleItem();
        refund.GetProperty("step").GetString().ShouldBe("skck");
        refund.GetProperty("amountRupiah").GetInt64().ShouldBe(30_000);
        refund.GetProperty("billingCode").GetString().ShouldBe(code);
        (refund.GetProperty("bank").GetString(), refund.GetProperty("reference")
            .GetString()).ShouldBe(("bank", "R-" + code));
        (await fixture.ScalarAsync<long>("SELECT amount_rupiah FROM payments WHERE reference = $1", "R-" + code))
            .ShouldBe(380_000);
        (await fixture.BillAsync(code)).GetProperty("state").GetString().ShouldBe("paid");
    }

    [Fact]
    public async Task Refunds_are_read_page_by_page_and_by_region()
    {
        var steps = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => RefundDueAsync(i < 5 ? "73.71" : "73.72")));

        var seen = new List<string>();
        for (var next = (string?)"/v1/refunds?limit=2"; next is not null;)
        {
            using var page = await ListAsync(next, "73.71");
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            var items = (await page.JsonAsync()).GetProperty("items").EnumerateArray().ToList();
            items.Count.ShouldBeInRange(1, 2);
            seen.AddRange(items.Select(i => i.GetProperty("billingCode").GetString()!));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        seen.ShouldBe(steps[..5], ignoreOrder: true);
        (await ItemsAsync("/v1/refunds", "73")).Count.ShouldBe(7, "the province sees its regencies");
        (await ItemsAsync("/v1/refunds", "73.7")).ShouldBeEmpty();
        (await ItemsAsync("/v1/refunds", null)).ShouldBeEmpty();
        var since = (await ItemsAsync("/v1/refunds", "*"))
            .Select(i => i.GetProperty("dueSince").GetDateTimeOffset()).ToList();
        since.ShouldBe(since.Order());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=many")]
    [InlineData("after=1")]
    [InlineData("after=01940f7e-5c00-7000-8000-000000000001")]
    public async Task A_page_that_there_is_not_is_a_bad_request(string query) =>
        await ListAsync($"/v1/refunds?{query}", "*").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-request");

    private async Task<string> RefundDueAsync(string region)
    {
        StepRef step = NewStep();
        var code = (await fixture.Coordinator.BillAsync(Fee(step, region: region))).BillingCode;
        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await fixture.Coordinator.HeardAsync(step, 2);
        (await fixture.Coordinator.WithdrawAsync(step)).ShouldBeOfType<FeePaid>();
        return code;
    }

    private Task<HttpResponseMessage> ListAsync(string path, string? region) =>
        fixture.SendAsync(HttpMethod.Get, path, "payments.operate", client: "operator", region: region);

    private async Task<List<JsonElement>> ItemsAsync(string path, string? region)
    {
        using var answer = await ListAsync(path, region);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await answer.JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
