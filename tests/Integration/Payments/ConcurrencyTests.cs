using System.Net;
using Mpp.Contracts.Payments;
using Mpp.Support;
using Npgsql;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

/// <summary>Everything that can happen to a bill, at once, on two copies of the service.</summary>
[Collection(PaymentsTests.Name)]
public sealed class ConcurrencyTests(PaymentsFixture fixture)
{
    private const int Payments = 32;
    private const int References = 16;

    private CoordinatorEar Coordinator => fixture.Coordinator;

    /// <summary>
    /// 32 payments under 16 references, while fees join, are withdrawn (each twice) and lapse. The banks ask what is
    /// due and try again until the bill is closed, so that a payment meets the bill in every state that it goes
    /// through.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Money_is_counted_once(int seed)
    {
        var application = Guid.CreateVersion7();
        var start = TimeProvider.System.GetUtcNow();
        var stays = Fee(NewStep("stays", application), 30_000);
        var code = (await Coordinator.BillAsync(stays)).BillingCode;
        var paidAt = TimeProvider.System.GetUtcNow();
        var withdrawn = Enumerable.Range(1, 4)
            .Select(i => Fee(NewStep($"withdrawn-{i}", application), 1_000 * i)).ToList();
        await Task.WhenAll(withdrawn.Select(Coordinator.BillAsync));
        var joining = Enumerable.Range(1, 4)
            .Select(i => Fee(NewStep($"joining-{i}", application), 100_000 * i)).ToList();
        var lapsing = Enumerable.Range(1, 4)
            .Select(i => Fee(NewStep($"lapsing-{i}", application), 10 * i, start.AddSeconds(1.5 + 0.1 * i))).ToList();
        await Task.WhenAll(lapsing.Select(Coordinator.BillAsync));
        BillFee[] all = [stays, .. withdrawn, .. joining, .. lapsing];

        var work = joining.Select(fee => (Func<Task>)(() => Coordinator.SendAsync(fee)))
            .Concat(withdrawn.Concat(withdrawn)
                .Select(fee => (Func<Task>)(() => Coordinator.SendAsync(new WithdrawFee { Step = fee.Step }))))
            .Concat(joining.Select(fee => (Func<Task>)(() => Coordinator.SendAsync(fee))))
            .ToArray();
        new Random(seed).Shuffle(work);
        // Half of the seeds begin to pay when the fees lapse, the others while they join and are withdrawn.
        var banks = Task.WhenAll(Enumerable.Range(0, Payments).Select(i => PayAsync(
            code, $"{application}-{i % References}", i % 2, paidAt, seed % 2 == 0 ? start.AddSeconds(1.4) : start)));
        foreach (var act in work)
        {
            await act();
        }

        var replies = await banks;
        await Wait.UntilAsync(() => all.All(fee => Coordinator.Heard(fee.Step).Any(IsFinal) || IsOpen(fee)), Limit,
            () => $"seed {seed}: {Describe(all)}");
        await ShouldBeTrueAsync(seed, code, application, all, replies);
    }

    private async Task ShouldBeTrueAsync(
        int seed, string code, Guid application, BillFee[] all, (HttpStatusCode Status, string Reference)[] replies)
    {
        replies.Count(a => a.Status is HttpStatusCode.Created).ShouldBe(1, $"seed {seed}");
        var good = replies.Where(a => a.Status is HttpStatusCode.Created or HttpStatusCode.OK)
            .Select(a => a.Reference).Distinct().ShouldHaveSingleItem();
        replies.Where(a => a.Reference != good).ShouldAllBe(a => a.Status == HttpStatusCode.Conflict);
        replies.Count(a => a.Reference == good).ShouldBe(Payments / References);

        (await fixture.ScalarAsync<long>("SELECT count(*) FROM payments s JOIN bills b ON b.id = "
            + "s.bill_id WHERE b.application_id = $1", application)).ShouldBe(1, $"seed {seed}");
        var paid = await fixture.ScalarAsync<long>("SELECT amount_rupiah FROM payments WHERE reference = $1", good);
        (await fixture.BillAsync(code)).GetProperty("amountRupiah").GetInt64().ShouldBe(paid);

        var states = await StatesAsync(application);
        states.Count.ShouldBe(all.Length);
        long counted = 0, open = 0;
        foreach (var fee in all)
        {
            var heard = Coordinator.Heard(fee.Step);
            heard.Where(IsTakenOff).Select(m => m.GetType())
                .Distinct().Count().ShouldBeLessThanOrEqualTo(1, $"seed {seed}, {fee.Step.StepId}: {Describe([fee])}");
            if (heard.OfType<FeePaid>().Any())
            {
                // The bank took the money before the fee was taken off: then it is paid all the same.
                states[fee.Step.StepId].ShouldBeOneOf(
                    heard.OfType<FeeWithdrawn>().Any() ? ["refund-due"] : ["paid", "refund-due"]);
            }

            switch (states[fee.Step.StepId])
            {
                case "paid" or "refund-due":
                    // It may have been taken off before, and that was heard first.
                    await Wait.UntilAsync(() => Coordinator.Heard(fee.Step).OfType<FeePaid>().Any(), Limit,
                        () => $"seed {seed}: {Describe([fee])}");
                    Coordinator.Heard(fee.Step).OfType<FeePaid>()
                        .ShouldAllBe(s => s.AmountRupiah == fee.AmountRupiah && s.BillingCode == code);
                    counted += fee.AmountRupiah;
                    break;
                case "lapsed":
                    heard.OfType<FeeLapsed>().ShouldNotBeEmpty();
                    break;
                case "withdrawn":
                    heard.OfType<FeeWithdrawn>().ShouldNotBeEmpty();
                    break;
                case "open":
                    open += fee.AmountRupiah;
                    break;
            }
        }

        counted.ShouldBe(paid, $"seed {seed}");
        (await fixture.ScalarAsync<long>("SELECT coalesce(sum(amount_rupiah), 0)::bigint FROM bills WHERE "
            + "application_id = $1 AND state = 'open'", application)).ShouldBe(open, $"seed {seed}");
    }

    /// <summary>A bank that asks what is due and pays, and asks again when the amount was another by then.</summary>
    private async Task<(HttpStatusCode Status, string Reference)> PayAsync(
        string code, string reference, int copy, DateTimeOffset paidAt, DateTimeOffset notBefore)
    {
        await Wait.UntilAsync(() => TimeProvider.System.GetUtcNow() >= notBefore, Limit, "the time does not pass");
        while (true)
        {
            var due = (await fixture.BillAsync(code)).GetProperty("amountRupiah").GetInt64();
            using var answer = await fixture.PayAsync(code, due, reference, paidAt, copy: copy);
            if (answer.StatusCode is HttpStatusCode.UnprocessableEntity)
            {
                continue;
            }

            if (answer.StatusCode is HttpStatusCode.Conflict
                && (await answer.JsonAsync()).GetProperty("type").GetString() is var type)
            {
                // The twin under the same reference may have been told another amount.
                type.ShouldBeOneOf("urn:mpp:problem:bill-paid", "urn:mpp:problem:payment-reference-reused");
            }

            return (answer.StatusCode, reference);
        }
    }

    private static bool IsFinal(object answer) => answer is FeePaid || IsTakenOff(answer);

    private static bool IsTakenOff(object answer) => answer is FeeLapsed or FeeWithdrawn;

    /// <summary>Joined after the payment, on the next bill.</summary>
    private bool IsOpen(BillFee fee) => fee.Step.StepId.StartsWith("joining", StringComparison.Ordinal)
        && Coordinator.Heard(fee.Step).OfType<FeeBilled>().Count() == 2;

    private string Describe(BillFee[] fees) => string.Join("; ", fees.Select(
        f => $"{f.Step.StepId}: {string.Join(", ", Coordinator.Heard(f.Step).Select(m => m.GetType().Name))}"));

    private async Task<Dictionary<string, string>> StatesAsync(Guid application)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = fixture.Ledger.CreateCommand(
            "SELECT step_id, state FROM fees WHERE application_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = application });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            states.Add(reader.GetString(0), reader.GetString(1));
        }

        return states;
    }
}
