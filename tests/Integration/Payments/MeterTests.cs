using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

/// <summary>What operators watch of payments.</summary>
[Collection(PaymentsTests.Name)]
public sealed class MeterTests(PaymentsFixture fixture)
{
    [Fact]
    public async Task Bills_money_refusals_and_refunds_are_counted()
    {
        var counted = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "Mpp.Payments")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.AddOrUpdate(
                string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]), value,
                (_, sum) => sum + value));
        listener.Start();
        var step = NewStep();

        var code = (await fixture.Coordinator.BillAsync(Fee(step, 30_000))).BillingCode;
        (await fixture.PayAsync(code, 29_999)).IsSuccessStatusCode.ShouldBeFalse();
        (await fixture.PayAsync(code, 30_000)).IsSuccessStatusCode.ShouldBeTrue();
        (await fixture.PayAsync(code, 30_000)).IsSuccessStatusCode.ShouldBeFalse();
        await fixture.Coordinator.HeardAsync(step, 2);
        await fixture.Coordinator.WithdrawAsync(step);

        counted.ShouldBe(
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["mpp.payments.bills.opened"] = 1,
                ["mpp.payments.refused problem=invalid-request"] = 1,
                ["mpp.payments.paid"] = 30_000,
                ["mpp.payments.bills.closed state=paid"] = 1,
                ["mpp.payments.refused problem=bill-paid"] = 1,
                ["mpp.payments.refunds.due"] = 30_000,
            },
            ignoreOrder: true);
    }
}
