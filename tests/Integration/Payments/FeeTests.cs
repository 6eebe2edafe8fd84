using System.Net;
using Mpp.Contracts.Payments;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

[Collection(PaymentsTests.Name)]
public sealed class FeeTests(PaymentsFixture fixture)
{
    private CoordinatorEar Coordinator => fixture.Coordinator;

    [Fact]
    public async Task A_charge_stands_on_a_bill()
    {
        var fee = Fee(NewStep());
        var billed = await Coordinator.BillAsync(fee);

        billed.BillingCode.Length.ShouldBe(15);
        billed.ExpiresAt.ShouldBe(fee.ExpiresAt, TimeSpan.FromMilliseconds(1));
        var bill = await fixture.BillAsync(billed.BillingCode);
        bill.GetProperty("billingCode").GetString().ShouldBe(billed.BillingCode);
        bill.GetProperty("state").GetString().ShouldBe("open");
        bill.GetProperty("amountRupiah").GetInt64().ShouldBe(30_000);
        bill.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(billed.ExpiresAt);
        var line = bill.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("purpose").GetString().ShouldBe("PNBP skck, PP 76/2020");
        line.GetProperty("amountRupiah").GetInt64().ShouldBe(30_000);
        bill.GetRawText().ShouldNotContain("7402-261122");
    }

    [Fact]
    public async Task A_charge_that_comes_again_is_answered_the_same_and_counts_once()
    {
        var fee = Fee(NewStep());
        var first = await Coordinator.BillAsync(fee);
        await Coordinator.SendAsync(fee with { AmountRupiah = 99_000 });

        (await Coordinator.HeardAsync(fee.Step, 2)).ShouldAllBe(answer => (FeeBilled)answer == first);
        (await fixture.BillAsync(first.BillingCode)).GetProperty("amountRupiah").GetInt64().ShouldBe(30_000);
    }

    [Fact]
    public async Task Fees_for_different_treasuries_never_share_a_bill()
    {
        var state = Fee(NewStep("skck"));
        var regional = Fee(NewStep("retribution", state.Step.ApplicationId), 50_000, payee: "regional-treasury");
        var (first, second) = (await Coordinator.BillAsync(state), await Coordinator.BillAsync(regional));
        var third = await Coordinator.BillAsync(Fee(NewStep("sim", state.Step.ApplicationId), 75_000));

        second.BillingCode.ShouldNotBe(first.BillingCode);
        third.BillingCode.ShouldBe(first.BillingCode);
        var bill = await fixture.BillAsync(second.BillingCode);
        bill.GetProperty("payee").GetString().ShouldBe("regional-treasury");
        bill.GetProperty("amountRupiah").GetInt64().ShouldBe(50_000);
        (await fixture.BillAsync(first.BillingCode)).GetProperty("payee").GetString().ShouldBe("state-treasury");

        (await fixture.PayAsync(second.BillingCode, 50_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await fixture.BillAsync(first.BillingCode)).GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task Fees_of_an_application_gather_on_one_bill_that_expires_with_the_first_of_them()
    {
        var first = Fee(NewStep("skck"));
        var later = Fee(NewStep("passport", first.Step.ApplicationId), 350_000, first.ExpiresAt.AddDays(-1));
        var code = (await Coordinator.BillAsync(first)).BillingCode;
        var tag = (await fixture.GetBillAsync(code)).Headers.ETag!.Tag;
        (await fixture.GetBillAsync(code, header: ("If-None-Match", tag))).StatusCode
            .ShouldBe(HttpStatusCode.NotModified);

        (await Coordinator.BillAsync(later)).BillingCode.ShouldBe(code);

        var bill = await fixture.BillAsync(code);
        bill.GetProperty("amountRupiah").GetInt64().ShouldBe(380_000);
        bill.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(later.ExpiresAt, TimeSpan.FromMilliseconds(1));
        bill.GetProperty("lines").GetArrayLength().ShouldBe(2);
        (await fixture.GetBillAsync(code, header: ("If-None-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sixteen_first_charges_at_once_make_one_bill()
    {
        var application = Guid.CreateVersion7();
        var fees = Enumerable.Range(1, 16).Select(i => Fee(NewStep($"step-{i}", application), 1_000)).ToList();
        var billed = await Task.WhenAll(fees.Select(Coordinator.BillAsync));

        var code = billed.Select(b => b.BillingCode).Distinct().ShouldHaveSingleItem();
        (await fixture.BillAsync(code)).GetProperty("amountRupiah").GetInt64().ShouldBe(16_000);
    }

    [Fact]
    public async Task After_payment_a_new_fee_opens_a_new_bill()
    {
        var first = Fee(NewStep("skck"));
        var code = (await Coordinator.BillAsync(first)).BillingCode;
        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var next = await Coordinator.BillAsync(Fee(NewStep("passport", first.Step.ApplicationId), 350_000));

        next.BillingCode.ShouldNotBe(code);
        (await fixture.BillAsync(next.BillingCode)).GetProperty("amountRupiah").GetInt64().ShouldBe(350_000);
        await Coordinator.SendAsync(first);
        (await Coordinator.HeardAsync(first.Step, 3))[2].ShouldBeOfType<FeePaid>("a paid fee is told as paid");
    }

    [Fact]
    public async Task A_withdrawn_charge_leaves_the_bill_and_the_last_one_closes_it()
    {
        var (first, second) = (Fee(NewStep("skck")), Fee(NewStep("passport"), 350_000));
        second = second with { Step = second.Step with { ApplicationId = first.Step.ApplicationId } };
        var code = (await Coordinator.BillAsync(first)).BillingCode;
        await Coordinator.BillAsync(second);

        (await Coordinator.WithdrawAsync(second.Step)).ShouldBeOfType<FeeWithdrawn>();
        var bill = await fixture.BillAsync(code);
        (bill.GetProperty("state").GetString(), bill.GetProperty("amountRupiah")
            .GetInt64()).ShouldBe(("open", 30_000L));

        (await Coordinator.WithdrawAsync(first.Step)).ShouldBeOfType<FeeWithdrawn>();
        (await fixture.BillAsync(code)).GetProperty("state").GetString().ShouldBe("withdrawn");
        (await Coordinator.WithdrawAsync(first.Step)).ShouldBeOfType<FeeWithdrawn>("it is answered again");
        await fixture.PayAsync(code, 30_000).ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-withdrawn");

        (await Coordinator.BillAsync(Fee(NewStep("nib", first.Step.ApplicationId)))).BillingCode.ShouldNotBe(code);
    }

    [Fact]
    public async Task A_withdrawal_that_comes_before_its_charge_wins()
    {
        var fee = Fee(NewStep());
        (await Coordinator.WithdrawAsync(fee.Step)).ShouldBeOfType<FeeWithdrawn>();
        await Coordinator.SendAsync(fee);

        (await Coordinator.HeardAsync(fee.Step, 2)).ShouldAllBe(answer => answer is FeeWithdrawn);
        (await fixture.ScalarAsync<long>(
            "SELECT count(*) FROM bills WHERE application_id = $1", fee.Step.ApplicationId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_charge_lapses_at_its_expiry_and_the_rest_of_the_bill_stays()
    {
        var lasting = Fee(NewStep("skck"));
        var brief = Fee(
            NewStep("passport", lasting.Step.ApplicationId), 350_000, TimeProvider.System.GetUtcNow().AddSeconds(2));
        var code = (await Coordinator.BillAsync(lasting)).BillingCode;
        (await Coordinator.BillAsync(brief)).BillingCode.ShouldBe(code);

        (await Coordinator.HeardAsync(brief.Step, 2))[1].ShouldBeOfType<FeeLapsed>();

        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(brief.ExpiresAt);
        var bill = await fixture.BillAsync(code);
        (bill.GetProperty("state").GetString(), bill.GetProperty("amountRupiah")
            .GetInt64()).ShouldBe(("open", 30_000L));
        bill.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(lasting.ExpiresAt, TimeSpan.FromMilliseconds(1));
        (await Coordinator.WithdrawAsync(brief.Step)).ShouldBeOfType<FeeLapsed>("lapsed is final");
        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_bill_whose_charges_have_all_lapsed_can_no_longer_be_paid()
    {
        var fee = Fee(NewStep(), expiresAt: TimeProvider.System.GetUtcNow().AddSeconds(1));
        var code = (await Coordinator.BillAsync(fee)).BillingCode;
        (await Coordinator.HeardAsync(fee.Step, 2))[1].ShouldBeOfType<FeeLapsed>();

        (await fixture.BillAsync(code)).GetProperty("state").GetString().ShouldBe("lapsed");
        await fixture.PayAsync(code, 30_000).ShouldBeProblemAsync(HttpStatusCode.Conflict, "bill-lapsed");
    }

    [Fact]
    public async Task A_charge_that_comes_after_its_expiry_is_lapsed_and_never_billed()
    {
        var fee = Fee(NewStep(), expiresAt: TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await Coordinator.SendAsync(fee);

        (await Coordinator.HeardAsync(fee.Step, 1))[0].ShouldBeOfType<FeeLapsed>();
        (await fixture.ScalarAsync<long>(
            "SELECT count(*) FROM bills WHERE application_id = $1", fee.Step.ApplicationId)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_paid_or_withdrawn_leaves_no_timer()
    {
        var (paid, withdrawn) = (Fee(NewStep()), Fee(NewStep()));
        var code = (await Coordinator.BillAsync(paid)).BillingCode;
        await Coordinator.BillAsync(withdrawn);
        (await TimersAsync()).ShouldBe(2);

        (await fixture.PayAsync(code, 30_000)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Coordinator.WithdrawAsync(withdrawn.Step);

        (await TimersAsync()).ShouldBe(0);

        Task<long> TimersAsync() => fixture.ScalarAsync<long>(
            "SELECT count(*) FROM timers JOIN fees ON fees.id = owner_id WHERE application_id IN ($1, $2)",
            paid.Step.ApplicationId, withdrawn.Step.ApplicationId);
    }
}
