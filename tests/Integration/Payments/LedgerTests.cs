using Npgsql;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

/// <summary>What the database refuses, whatever the code would do.</summary>
[Collection(PaymentsTests.Name)]
public sealed class LedgerTests(PaymentsFixture fixture)
{
    private const string Settle = "INSERT INTO settlements SELECT gen_random_uuid(), id, 'bank', gen_random_uuid()::text, amount_rupiah, now(), now() FROM bills WHERE code = $1;";

    private const string Pay = "UPDATE charges c SET state = 'settled', settlement_id = s.id FROM settlements s JOIN bills b ON b.id = s.bill_id WHERE b.code = $1 AND c.bill_id = b.id;";

    [Theory]
    [InlineData("ux_settlements_bill_id", Settle, Pay, Settle)]
    [InlineData("ck_settlements_sum", Settle)]
    [InlineData("ck_settlements_sum", Settle, Pay, "UPDATE settlements SET amount_rupiah = settlements.amount_rupiah + 1 FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_settlements_sum", Settle, Pay, "UPDATE charges c SET state = 'withdrawn', settlement_id = NULL FROM bills b WHERE b.id = c.bill_id AND b.code = $1")]
    [InlineData("ck_settlements_sum", Settle, Pay, "DELETE FROM charges USING bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_charges_settled", "UPDATE charges SET state = 'settled' FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_charges_refund", Settle, Pay, "UPDATE charges SET state = 'refund-due' FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("fk_charges_settlement", "UPDATE charges SET state = 'settled', settlement_id = (SELECT id FROM settlements LIMIT 1) FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_charges_amount", "UPDATE charges SET amount_rupiah = 0 FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_bills_amount", "UPDATE bills SET amount_rupiah = 0 WHERE code = $1")]
    [InlineData("ux_bills_open", "INSERT INTO bills SELECT gen_random_uuid(), '100000000000009', application_id, 'open', 1, now(), now(), 1 FROM bills WHERE code = $1")]
    [InlineData("ux_bills_code", "INSERT INTO bills SELECT gen_random_uuid(), code, application_id, 'lapsed', 1, now(), now(), 1 FROM bills WHERE code = $1")]
    public async Task Money_cannot_be_counted_wrongly(string constraint, params string[] statements)
    {
        (await fixture.SettleAsync(await fixture.Coordinator.NewBillAsync(), 30_000)).EnsureSuccessStatusCode();
        var code = (await fixture.Coordinator.BillAsync(Fee(NewStep()))).BillingCode;
        await using var connection = await fixture.Ledger.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var statement in statements)
            {
                await using var command = new NpgsqlCommand(statement, connection, transaction) { Parameters = { new() { Value = code } } };
                (await command.ExecuteNonQueryAsync()).ShouldBe(1);
            }

            await transaction.CommitAsync();
        });

        refused.ConstraintName.ShouldBe(constraint);
    }
}
