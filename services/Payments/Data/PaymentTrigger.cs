namespace Mpp.Payments.Data;

/// <summary>
/// Checks at the commit, when all rows of a payment are there, that the money is the sum of the fees that it paid, no
/// more and no less. EF Core has no triggers, so the first migration calls this by hand; a change of it needs a later
/// migration.
/// </summary>
internal static class PaymentTrigger
{
    public const string Drop = "DROP FUNCTION check_payment_is_sum_of_fees() CASCADE;";

    public const string Create =
        """
        CREATE FUNCTION check_payment_is_sum_of_fees() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM payments s
                WHERE s.bill_id = coalesce(NEW.bill_id, OLD.bill_id)
                  AND s.amount_rupiah <>
                      (SELECT coalesce(sum(c.amount_rupiah), 0) FROM fees c WHERE c.payment_id = s.id))
            THEN
                RAISE EXCEPTION 'The payment is not the sum of the fees that it paid.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_payments_sum';
            END IF;
            RETURN NULL;
        END $$;

        CREATE CONSTRAINT TRIGGER payment_is_sum_of_fees AFTER INSERT OR UPDATE ON payments
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_payment_is_sum_of_fees();

        CREATE CONSTRAINT TRIGGER fees_make_up_payment AFTER INSERT OR UPDATE OR DELETE ON fees
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_payment_is_sum_of_fees();
        """;
}
