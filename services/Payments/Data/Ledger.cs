using Mpp.Contracts.Steps;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Data;

/// <summary>
/// Bills and fees of an application, read after its account is locked. The lock lasts as long as the caller's
/// transaction.
/// </summary>
internal sealed class Ledger(PaymentsDbContext database)
{
    /// <summary>
    /// Locks an application's account until the end of the transaction, and makes it when there is none. It is a
    /// statement of its own, so that what is read after it has a newer snapshot, and sees what the former holder of the
    /// lock committed. The span in hand gets the application's number.
    /// </summary>
    public async Task LockAsync(Guid applicationId, string? number, string? region, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A lock needs a transaction to last for.");
        }

        var locked = await database.Accounts.FromSql(
            $"""
            INSERT INTO accounts (application_id, application_number, region)
            VALUES ({applicationId}, {number}, {region})
            ON CONFLICT (application_id) DO UPDATE SET
                application_number = coalesce(accounts.application_number, EXCLUDED.application_number),
                region = coalesce(accounts.region, EXCLUDED.region)
            RETURNING application_id, application_number, region
            """).AsNoTracking().ToListAsync(cancellationToken);
        Spans.Tag(locked[0]);
    }

    public Task<Fee?> FindAsync(StepRef step, CancellationToken cancellationToken) => database.Fees
        .Include(c => c.Bill!.Fees)
        .SingleOrDefaultAsync(c => c.ApplicationId == step.ApplicationId
            && c.StepId == step.StepId && c.Attempt == step.Attempt, cancellationToken);

    /// <summary>Whose fee it is; <see langword="null"/> when there is none of this id.</summary>
    public async Task<StepRef?> StepOfAsync(Guid fee, CancellationToken cancellationToken) =>
        await database.Fees.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fee, cancellationToken) is { } found
            ? found.Step
            : null;

    public Task<Bill?> OpenBillAsync(
        Guid applicationId, string payee, CancellationToken cancellationToken) => database.Bills
        .Include(b => b.Fees)
        .SingleOrDefaultAsync(b => b.ApplicationId == applicationId && b.Payee == payee
            && b.State == BillState.Open, cancellationToken);

    public Task<Bill> BillAsync(Guid id, CancellationToken cancellationToken) => database.Bills
        .Include(b => b.Fees)
        .SingleAsync(b => b.Id == id, cancellationToken);

    public void Add(Bill bill) => database.Add(bill);

    public void Add(Fee fee) => database.Add(fee);

    public void Add(Payment payment) => database.Add(payment);

    public void Add(Repayment repayment) => database.Add(repayment);

    public Task<Repayment> RepaymentAsync(Guid id, CancellationToken cancellationToken) =>
        database.Repayments.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);

    public Task<Payment> PaymentAsync(Guid id, CancellationToken cancellationToken) =>
        database.Payments.AsNoTracking().SingleAsync(s => s.Id == id, cancellationToken);

    public Task<Payment?> PaymentAsync(string client, string reference, CancellationToken cancellationToken) =>
        database.Payments.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Client == client && s.Reference == reference, cancellationToken);
}
