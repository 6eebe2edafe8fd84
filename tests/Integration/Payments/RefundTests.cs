using System.Net;
using System.Net.Http.Json;
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

    [Fact]
    public async Task A_refund_is_paid_back_once_and_the_coordinator_hears_of_it()
    {
        var (step, refund) = await DueAsync("74.05");
        var (id, paidBackAt) = (refund.GetProperty("id").GetGuid(), TimeProvider.System.GetUtcNow());
        var heard = fixture.Coordinator.Heard(step).Count;

        using var first = await RepayAsync(id, "TRF-118", paidBackAt);
        using var again = await RepayAsync(id, "TRF-118", paidBackAt);
        await RepayAsync(id, "TRF-119", paidBackAt).ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-paid-back");
        using var second = await RepayAsync(id, "TRF-119", paidBackAt, copy: 1);

        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        var repayment = (await first.JsonAsync()).GetProperty("repayment");
        (await again.JsonAsync()).GetProperty("repayment").GetRawText().ShouldBe(repayment.GetRawText());
        (repayment.GetProperty("reference").GetString(), repayment.GetProperty("recordedBy").GetString(),
            repayment.GetProperty("amountRupiah").GetInt64()).ShouldBe(("TRF-118", "operator", 30_000L));
        (await second.JsonAsync()).GetProperty("detail").GetString().ShouldSatisfyAllConditions(
            detail => detail!.ShouldContain("TRF-118"), detail => detail!.ShouldContain("30000 rupiah"),
            detail => detail!.ShouldContain("operator"));
        var told = (await fixture.Coordinator.HeardAsync(step, heard + 1))[^1].ShouldBeOfType<FeePaidBack>();
        (told.AmountRupiah, told.Reference, told.BillingCode).ShouldBe(
            (30_000L, "TRF-118", refund.GetProperty("billingCode").GetString()));
        (await ItemsAsync("/v1/refunds", "74.05")).ShouldBeEmpty("nobody finds it due");
        using var read = await ListAsync($"/v1/refunds/{id}", "74.05");
        (await read.JsonAsync()).GetProperty("repayment").GetRawText().ShouldBe(repayment.GetRawText());
        (await fixture.Coordinator.WithdrawAsync(step)).ShouldBeOfType<FeePaidBack>("asked again, it says so again");
    }

    [Fact]
    public async Task Of_sixteen_who_pay_back_at_once_one_does()
    {
        var id = (await DueAsync("74.06")).Refund.GetProperty("id").GetGuid();
        var paidBackAt = TimeProvider.System.GetUtcNow();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => RepayAsync(id, $"TRF-{i}", paidBackAt, copy: i % 2)));

        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode is HttpStatusCode.Conflict).ShouldBe(15);
    }

    [Fact]
    public async Task An_Idempotency_Key_replays_a_repayment()
    {
        var id = (await DueAsync("74.07")).Refund.GetProperty("id").GetGuid();
        var (key, paidBackAt) = (("Idempotency-Key", $"repay-{id}"), TimeProvider.System.GetUtcNow());

        using var first = await RepayAsync(id, "TRF-1", paidBackAt, header: key);
        using var again = await RepayAsync(id, "TRF-1", paidBackAt, header: key);

        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_cannot_be_a_repayment_is_told_by_field_and_pays_nothing_back()
    {
        var (step, refund) = await DueAsync("74.08");
        var (id, now) = (refund.GetProperty("id").GetGuid(), TimeProvider.System.GetUtcNow());

        (await PointerAsync(RepayAsync(id, "TRF-1", now, amount: 29_999))).ShouldBe("/amountRupiah");
        (await PointerAsync(RepayAsync(id, "a b", now))).ShouldBe("/reference");
        (await PointerAsync(RepayAsync(id, "TRF-1", now.AddHours(1)))).ShouldBe("/paidBackAt");
        (await PointerAsync(RepayAsync(id, "TRF-1", now.AddDays(-1)))).ShouldBe("/paidBackAt");
        await RepayAsync(id, "TRF-1", now, region: "73.71")
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-refund");
        await RepayAsync(Guid.CreateVersion7(), "TRF-1", now)
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-refund");
        await RepayAsync(id, "TRF-1", now, scope: "payments.operate")
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        // Paid, and not due: there is no refund of this id.
        var paid = Fee(NewStep(), region: "74.08");
        var code = (await fixture.Coordinator.BillAsync(paid)).BillingCode;
        (await fixture.PayAsync(code, 30_000)).EnsureSuccessStatusCode();
        await RepayAsync(
            await fixture.ScalarAsync<Guid>(
                "SELECT id FROM fees WHERE application_id = $1", paid.Step.ApplicationId), "TRF-1", now)
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-refund");

        (await ItemsAsync("/v1/refunds", "74.08")).ShouldHaveSingleItem();
        fixture.Coordinator.Heard(step).OfType<FeePaidBack>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Refunds_of_one_application_are_found_by_its_number()
    {
        await DueAsync("74.09");

        (await ItemsAsync("/v1/refunds?application=7402-261122-K7QX4M&limit=1", "74.09")).ShouldHaveSingleItem();
        (await ItemsAsync("/v1/refunds?application=7402-261122-AAAAAA", "74.09")).ShouldBeEmpty();
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

    private async Task<(StepRef Step, JsonElement Refund)> DueAsync(string region)
    {
        var step = NewStep();
        var code = (await fixture.Coordinator.BillAsync(Fee(step, region: region))).BillingCode;
        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await fixture.Coordinator.HeardAsync(step, 2);
        (await fixture.Coordinator.WithdrawAsync(step)).ShouldBeOfType<FeePaid>();
        return (step, (await ItemsAsync("/v1/refunds", region)).ShouldHaveSingleItem());
    }

    private Task<HttpResponseMessage> RepayAsync(
        Guid id, string reference, DateTimeOffset paidBackAt, long amount = 30_000, string region = "*",
        string scope = "payments.refund", int copy = 0, (string Name, string Value)? header = null) =>
        fixture.SendAsync(HttpMethod.Post, $"/v1/refunds/{id}/repayment", scope,
            JsonContent.Create(new { amountRupiah = amount, reference, paidBackAt }), "operator", region, copy, header);

    private static async Task<string?> PointerAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return (await answer.JsonAsync()).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("pointer").GetString();
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
