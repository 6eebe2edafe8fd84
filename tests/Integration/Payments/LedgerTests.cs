using Npgsql;
using Shouldly;
using static Mpp.Integration.Payments.CoordinatorEar;

namespace Mpp.Integration.Payments;

/// <summary>What the database refuses, whatever the code would do.</summary>
[Collection(PaymentsTests.Name)]
public sealed class LedgerTests(PaymentsFixture fixture)
{
    private const string Record = "INSERT INTO payments SELECT gen_random_uuid(), id, 'bank', "
        + "gen_random_uuid()::text, amount_rupiah, now(), now() FROM bills WHERE code = $1;";

    private const string Pay = "UPDATE fees c SET state = 'paid', payment_id = s.id FROM payments s "
        + "JOIN bills b ON b.id = s.bill_id WHERE b.code = $1 AND c.bill_id = b.id;";

    // One rupiah less than the fee.
    private const string Repay = "INSERT INTO repayments SELECT id, 'T', amount_rupiah - 1, now(), 'a', NULL, now() "
        + "FROM bills WHERE code = $1;";

    [Theory]
    [InlineData("ix_payments_bill_id", Record, Pay, Record)]
    [InlineData("ck_payments_sum", Record)]
    [InlineData("ck_payments_sum", Record, Pay, "UPDATE payments SET amount_rupiah = payments.amount_rupiah + 1 "
        + "FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_payments_sum", Record, Pay,
        "UPDATE fees c SET state = 'withdrawn', payment_id = NULL FROM bills b WHERE b.id = c.bill_id AND b.code = $1")]
    [InlineData("ck_payments_sum", Record, Pay, "DELETE FROM fees USING bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_fees_paid", "UPDATE fees SET state = 'paid' FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_fees_refund", Record, Pay,
        "UPDATE fees SET state = 'refund-due' FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_fees_repaid", Record, Pay,
        "UPDATE fees SET state = 'paid-back', refund_due_at = now() FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("fk_fees_repayments_repayment_id_amount_rupiah", Record, Pay, Repay,
        "UPDATE fees SET state = 'paid-back', refund_due_at = now(), repayment_id = bill_id FROM bills b "
        + "WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_repayments_amount", "INSERT INTO repayments SELECT gen_random_uuid(), 'T', 0, now(), 'a', NULL, "
        + "now() FROM bills WHERE code = $1")]
    [InlineData("fk_fees_payments_payment_id_bill_id",
        "UPDATE fees SET state = 'paid', payment_id = (SELECT id FROM payments LIMIT 1) "
        + "FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData(
        "ck_fees_amount", "UPDATE fees SET amount_rupiah = 0 FROM bills b WHERE b.id = bill_id AND b.code = $1")]
    [InlineData("ck_bills_amount", "UPDATE bills SET amount_rupiah = 0 WHERE code = $1")]
    [InlineData("ix_bills_application_id_payee",
        "INSERT INTO bills SELECT gen_random_uuid(), '700000000000000', application_id, payee, 'open', 1, now(), "
        + "now(), 1 FROM bills WHERE code = $1")]
    [InlineData("ix_bills_code",
        "INSERT INTO bills SELECT gen_random_uuid(), code, application_id, payee, 'lapsed', 1, now(), now(), 1 "
        + "FROM bills WHERE code = $1")]
    public async Task Money_cannot_be_counted_wrongly(string constraint, params string[] statements)
    {
        (await fixture.PayAsync(await fixture.Coordinator.NewBillAsync(), 30_000)).EnsureSuccessStatusCode();
        var code = (await fixture.Coordinator.BillAsync(Fee(NewStep()))).BillingCode;
        await using var connection = await fixture.Ledger.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var statement in statements)
            {
                await using var command =
                    new NpgsqlCommand(statement, connection, transaction) { Parameters = { new() { Value = code } } };
                (await command.ExecuteNonQueryAsync()).ShouldBe(1);
            }

            await transaction.CommitAsync();
        });

        refused.ConstraintName.ShouldBe(constraint);
    }
}
