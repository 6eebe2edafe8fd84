using System.Net;
using Mpp.Contracts.Payments;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

[Collection(PaymentsTests.Name)]
public sealed class RecordPaymentTests(PaymentsFixture fixture)
{
    private CoordinatorEar Coordinator => fixture.Coordinator;

    [Fact]
    public async Task A_payment_pays_every_fee_of_the_bill()
    {
        var (first, second) = (Fee(NewStep("skck")), Fee(NewStep("passport"), 350_000));
        second = second with { Step = second.Step with { ApplicationId = first.Step.ApplicationId } };
        var code = (await Coordinator.BillAsync(first)).BillingCode;
        await Coordinator.BillAsync(second);
        var paidAt = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));

        using var answer = await fixture.PayAsync(code, 380_000, "BPD-2026/11/22:0001", paidAt);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.OriginalString.ShouldBe($"/v1/bills/{code}");
        var payment = await answer.JsonAsync();
        payment.GetProperty("billingCode").GetString().ShouldBe(code);
        payment.GetProperty("amountRupiah").GetInt64().ShouldBe(380_000);
        payment.GetProperty("reference").GetString().ShouldBe("BPD-2026/11/22:0001");
        payment.GetProperty("paidAt").GetDateTimeOffset().ShouldBe(paidAt, TimeSpan.FromMilliseconds(1));
        foreach (var fee in (BillFee[])[first, second])
        {
            var paid = (await Coordinator.HeardAsync(fee.Step, 2))[1].ShouldBeOfType<FeePaid>();
            (paid.BillingCode, paid.AmountRupiah).ShouldBe((code, fee.AmountRupiah));
            paid.PaidAt.ShouldBe(paidAt, TimeSpan.FromMilliseconds(1));
        }

        var bill = await fixture.BillAsync(code);
        (bill.GetProperty("state").GetString(), bill.GetProperty("amountRupiah")
            .GetInt64()).ShouldBe(("paid", 380_000L));
    }

    [Fact]
    public async Task The_same_payment_again_is_the_same_payment()
    {
        var fee = Fee(NewStep());
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        var (reference, paidAt) = (Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow());
        using var first = await fixture.PayAsync(code, 30_000, reference, paidAt);
        using var again = await fixture.PayAsync(
            code, 30_000, reference, paidAt.ToOffset(TimeSpan.FromHours(9)), copy: 1);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.JsonAsync()).GetRawText().ShouldBe((await first.JsonAsync()).GetRawText());
        (await Coordinator.HeardAsync(fee.Step, 2)).Count.ShouldBe(2, "the coordinator hears it once");
    }

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer()
    {
        var (fee, key) = (Fee(NewStep()), Guid.NewGuid().ToString());
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        var (reference, paidAt) = (Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fixture.PayAsync(
            code, 30_000, reference, paidAt, copy: i % 2, header: ("Idempotency-Key", key))));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        answers.Count(a => !a.Headers.Contains("Idempotent-Replayed")).ShouldBe(1);
        (await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        answers.Select(a => (a.Headers.Location, a.Headers.ETag)).Distinct().ShouldHaveSingleItem();
        (await Coordinator.HeardAsync(fee.Step, 2)).Count.ShouldBe(2, "the coordinator hears it once");
        await fixture.PayAsync(code, 30_000, reference + "2", paidAt, header: ("Idempotency-Key", key))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_paid_bill_is_not_paid_again_under_another_reference()
    {
        var code = await Coordinator.NewBillAsync();
        (await fixture.PayAsync(code, 30_000, "A-1" + code)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await fixture.PayAsync(code, 30_000, "A-2" + code).ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-paid");
        await fixture.PayAsync(code, 30_000, "A-1" + code, client: "other-bank")
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-paid");
    }

    [Fact]
    public async Task A_reference_is_good_for_one_payment()
    {
        var (code, other) = (await Coordinator.NewBillAsync(), await Coordinator.NewBillAsync());
        var (reference, paidAt) = (Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow());
        (await fixture.PayAsync(code, 30_000, reference, paidAt)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await fixture.PayAsync(other, 30_000, reference, paidAt)
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "payment-reference-reused");
        await fixture.PayAsync(code, 30_001, reference, paidAt)
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "payment-reference-reused");
        await fixture.PayAsync(code, 30_000, reference, paidAt.AddSeconds(-1))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "payment-reference-reused");
        (await fixture.PayAsync(other, 30_000, reference, paidAt, client: "other-bank")).StatusCode
            .ShouldBe(HttpStatusCode.Created, "banks do not know each other's references");
    }

    [Fact]
    public async Task A_reference_that_two_bills_ask_for_at_once_pays_one_of_them()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Coordinator.NewBillAsync()));
        var reference = Guid.NewGuid().ToString();

        var replies = await Task.WhenAll(
            codes.Select((code, i) => fixture.PayAsync(code, 30_000, reference, copy: i % 2)));

        replies.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        replies.Count(a => a.StatusCode is HttpStatusCode.Conflict).ShouldBe(7);
        (await fixture.ScalarAsync<long>("SELECT count(*) FROM payments WHERE reference = $1", reference)).ShouldBe(1);
    }

    [Fact]
    public async Task The_wrong_amount_is_refused_with_the_right_one()
    {
        var code = await Coordinator.NewBillAsync(355_000);
        foreach (var amount in (long[])[354_999, 355_001])
        {
            await ShouldPointAsync(fixture.PayAsync(code, amount), "/amountRupiah", "wrong-amount", "355000");
        }

        (await fixture.BillAsync(code)).GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task The_time_of_payment_is_neither_before_the_bill_nor_in_the_future()
    {
        var code = await Coordinator.NewBillAsync();
        var now = TimeProvider.System.GetUtcNow();

        await ShouldPointAsync(fixture.PayAsync(code, 30_000, paidAt: now.AddMinutes(6)), "/paidAt", "in-the-future");
        await ShouldPointAsync(
            fixture.PayAsync(code, 30_000, paidAt: now.AddMinutes(-1)), "/paidAt", "before-the-bill");
        var createdAt = (await fixture.BillAsync(code)).GetProperty("createdAt").GetDateTimeOffset();
        (await fixture.PayAsync(
            code, 30_000, paidAt: createdAt.AddTicks(-(createdAt.Ticks % TimeSpan.TicksPerSecond)))).StatusCode
            .ShouldBe(HttpStatusCode.Created, "banks send whole seconds");
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'.123456789Z'")]
    [InlineData("yyyy-MM-dd't'HH:mm:ss'z'")]
    [InlineData("yyyy-MM-dd't'HH:mm:ss'.5z'")]
    public async Task The_time_of_payment_may_have_any_form_of_the_standard(string form)
    {
        var code = await Coordinator.NewBillAsync();
        var paidAt = TimeProvider.System.GetUtcNow()
            .ToString(form, System.Globalization.CultureInfo.InvariantCulture);

        using var answer = await fixture.PayAsync(code, $$"""
            {"amountRupiah":30000,"reference":"{{Guid.NewGuid()}}","paidAt":"{{paidAt}}"}
            """);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Money_that_was_taken_after_the_expiry_is_late()
    {
        var now = TimeProvider.System.GetUtcNow();
        var code = await Coordinator.NewBillAsync(expiresAt: now.AddMinutes(2));

        await fixture.PayAsync(code, 30_000, paidAt: now.AddMinutes(3))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-lapsed");
        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Money_that_was_taken_in_time_and_is_told_of_after_the_lapse_is_recorded()
    {
        var fee = Fee(NewStep(), expiresAt: TimeProvider.System.GetUtcNow().AddSeconds(2));
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        var paidAt = TimeProvider.System.GetUtcNow();
        (await Coordinator.HeardAsync(fee.Step, 2))[1].ShouldBeOfType<FeeLapsed>();
        await fixture.PayAsync(code, 30_000).ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-lapsed");
        await ShouldPointAsync(fixture.PayAsync(code, 29_999, paidAt: paidAt), "/amountRupiah", "wrong-amount");

        (await fixture.PayAsync(code, 30_000, "LATE-" + code, paidAt)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Coordinator.HeardAsync(fee.Step, 3))[2].ShouldBeOfType<FeePaid>().AmountRupiah.ShouldBe(30_000);
        (await fixture.BillAsync(code)).GetProperty("state").GetString().ShouldBe("paid");
        await fixture.PayAsync(code, 30_000, paidAt: paidAt)
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-paid");
        // The coordinator says what becomes of it: the step has lapsed, so it is to be paid back.
        (await Coordinator.WithdrawAsync(fee.Step)).ShouldBeOfType<FeePaid>();
        (await fixture.ScalarAsync<string>("SELECT state FROM fees WHERE application_id = $1", fee.Step.ApplicationId))
            .ShouldBe("refund-due");
    }

    [Fact]
    public async Task Money_that_was_taken_before_the_withdrawal_is_recorded_and_to_be_paid_back()
    {
        var fee = Fee(NewStep());
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        var paidAt = TimeProvider.System.GetUtcNow();
        (await Coordinator.WithdrawAsync(fee.Step)).ShouldBeOfType<FeeWithdrawn>();
        await fixture.PayAsync(code, 30_000).ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-withdrawn");

        (await fixture.PayAsync(code, 30_000, paidAt: paidAt)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Coordinator.HeardAsync(fee.Step, 3))[2].ShouldBeOfType<FeePaid>();
        (await fixture.ScalarAsync<string>("SELECT state FROM fees WHERE application_id = $1", fee.Step.ApplicationId))
            .ShouldBe("refund-due");
    }

    [Fact]
    public async Task Money_for_all_of_a_bill_counts_when_a_part_of_it_has_lapsed_since()
    {
        var lasting = Fee(NewStep("skck"));
        var brief = Fee(NewStep("passport", lasting.Step.ApplicationId), 350_000,
            TimeProvider.System.GetUtcNow().AddSeconds(3));
        var code = (await Coordinator.BillAsync(lasting)).BillingCode;
        await Coordinator.BillAsync(brief);
        var paidAt = TimeProvider.System.GetUtcNow();
        (await Coordinator.HeardAsync(brief.Step, 2))[1].ShouldBeOfType<FeeLapsed>();

        (await fixture.PayAsync(code, 380_000, paidAt: paidAt)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Coordinator.HeardAsync(lasting.Step, 2))[1].ShouldBeOfType<FeePaid>().AmountRupiah.ShouldBe(30_000);
        (await Coordinator.HeardAsync(brief.Step, 3))[2].ShouldBeOfType<FeePaid>().AmountRupiah.ShouldBe(350_000);
        (await fixture.BillAsync(code)).GetProperty("amountRupiah").GetInt64().ShouldBe(380_000);
    }

    [Theory]
    [InlineData("823456789012345")]
    [InlineData("823456789012344")]
    [InlineData("82026112200001")]
    [InlineData("refund")]
    public async Task An_unknown_and_a_malformed_code_are_not_found(string code)
    {
        await fixture.GetBillAsync(code).ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-bill");
        await fixture.PayAsync(code, 30_000).ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-bill");
    }

    [Fact]
    public async Task A_bank_that_calls_before_the_bill_exists_may_come_again()
    {
        var reference = Guid.NewGuid().ToString();
        await fixture.PayAsync("700000000000007", 30_000, reference)
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-bill");
        (await fixture.ScalarAsync<long>("SELECT count(*) FROM payments WHERE reference = $1", reference)).ShouldBe(0);

        (await fixture.PayAsync(await Coordinator.NewBillAsync(), 30_000, reference)).StatusCode
            .ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_caller_of_another_region_does_not_learn_that_a_bill_exists()
    {
        var code = await Coordinator.NewBillAsync();
        foreach (var region in (string?[])["73.71", null])
        {
            await fixture.GetBillAsync(code, region).ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-bill");
            await fixture.PayAsync(code, 30_000, region: region)
                .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-bill");
        }

        (await fixture.GetBillAsync(code, "74.02")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_route_asks_for_its_own_scope()
    {
        var code = await Coordinator.NewBillAsync();
        await fixture.SendAsync(HttpMethod.Get, $"/v1/bills/{code}", "payments.record")
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        await fixture.SendAsync(HttpMethod.Post, $"/v1/bills/{code}/payments", "payments.read")
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        await fixture.SendAsync(HttpMethod.Get, "/v1/refunds", "payments.read")
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        (await fixture.Client.GetAsync($"/v1/bills/{code}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_payment_may_ask_for_the_bill_as_it_was_seen()
    {
        var fee = Fee(NewStep());
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        var tag = (await fixture.GetBillAsync(code)).Headers.ETag!.Tag;
        await Coordinator.BillAsync(Fee(NewStep("passport", fee.Step.ApplicationId), 350_000));

        await fixture.PayAsync(code, 380_000, header: ("If-Match", tag))
            .ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "bill-changed");
        var now = (await fixture.GetBillAsync(code)).Headers.ETag!.Tag;
        (await fixture.PayAsync(code, 380_000, header: ("If-Match", now))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"amountRupiah":30000,"reference":"a","paidAt":"2026-11-22T10:00:00+08:00","note":1}""", 422,
        "/note", "unknown-field")]
    [InlineData("""{"amountRupiah":"30000","reference":"a","paidAt":"2026-11-22T10:00:00+08:00"}""", 422,
        "/amountRupiah", "wrong-type")]
    [InlineData("""{"amountRupiah":30000.5,"reference":"a","paidAt":"2026-11-22T10:00:00+08:00"}""", 422,
        "/amountRupiah", "wrong-type")]
    [InlineData("""{"amountRupiah":-1,"reference":"a","paidAt":"2026-11-22T10:00:00+08:00"}""", 422,
        "/amountRupiah", "too-small")]
    [InlineData("""{"reference":"a","paidAt":"2026-11-22T10:00:00+08:00"}""", 422, "/amountRupiah", "missing")]
    [InlineData("""{"amountRupiah":30000,"reference":"","paidAt":"2026-11-22T10:00:00+08:00"}""", 422,
        "/reference", "looks-empty")]
    [InlineData("""{"amountRupiah":30000,"reference":"a b","paidAt":"2026-11-22T10:00:00+08:00"}""", 422,
        "/reference", "invalid-format")]
    [InlineData(
        """{"amountRupiah":30000,"reference":"a","paidAt":"2026-11-22T10:00:00"}""", 422, "/paidAt", "invalid-date")]
    [InlineData(
        """{"amountRupiah":30000,"reference":"a","paidAt":"2026-02-30T10:00:00Z"}""", 422, "/paidAt", "invalid-date")]
    [InlineData("""{"amountRupiah":30000,"reference":"a","paidAt":"0001-01-01T00:00:00+14:00"}""", 422,
        "/paidAt", "invalid-date")]
    [InlineData("""{"amountRupiah":30000,"reference":"a","paidAt":null}""", 422, "/paidAt", "wrong-type")]
    [InlineData("""{"amountRupiah":30000,""", 400, null, "malformed-json")]
    public async Task A_body_that_cannot_be_accepted_is_told_by_field(
        string body, int status, string? pointer, string code)
    {
        using var answer = await fixture.PayAsync(await Coordinator.NewBillAsync(), body);

        ((int)answer.StatusCode).ShouldBe(status);
        var problem = await answer.JsonAsync();
        if (pointer is null)
        {
            problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
            return;
        }

        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()).ShouldBe((pointer, code));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        var body =
            $$"""{"amountRupiah":30000,"paidAt":"2026-11-22T10:00:00Z","reference":"{{new string('a', 70_000)}}"}""";
        await fixture.PayAsync(await Coordinator.NewBillAsync(), body)
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    private static async Task ShouldPointAsync(
        Task<HttpResponseMessage> asked, string pointer, string code, string detail = "")
    {
        using var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await answer.JsonAsync()).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()).ShouldBe((pointer, code));
        error.GetProperty("detail").GetString()!.ShouldContain(detail);
    }
}
