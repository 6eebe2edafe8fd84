using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;
using Mpp.Payments.Data;

namespace Mpp.Payments.Bills;

/// <summary>Bills and charges of an application, read after its account is locked. The caller's transaction is what the lock lasts for.</summary>
internal sealed class Ledger(PaymentsDb database)
{
    /// <summary>
    /// Locks an application's account until the end of the transaction, and makes it when there is none. A statement of its own: what is read
    /// after it has a newer snapshot, and sees what the lock's former holder committed.
    /// </summary>
    public async Task LockAsync(Guid applicationId, string? number, string? region, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A lock needs a transaction to last for.");
        }

        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO accounts (application_id, application_number, region) VALUES ({applicationId}, {number}, {region})
            ON CONFLICT (application_id) DO UPDATE SET
                application_number = coalesce(accounts.application_number, EXCLUDED.application_number),
                region = coalesce(accounts.region, EXCLUDED.region)
            """,
            cancellationToken);
    }

    public Task<Charge?> FindAsync(StepRef step, CancellationToken cancellationToken) => database.Charges
        .Include(c => c.Bill!.Charges)
        .SingleOrDefaultAsync(c => c.ApplicationId == step.ApplicationId && c.StepId == step.StepId && c.Attempt == step.Attempt, cancellationToken);

    public Task<Bill?> OpenBillAsync(Guid applicationId, CancellationToken cancellationToken) => database.Bills
        .Include(b => b.Charges)
        .SingleOrDefaultAsync(b => b.ApplicationId == applicationId && b.State == BillState.Open, cancellationToken);

    public Task<Bill> BillAsync(Guid id, CancellationToken cancellationToken) => database.Bills
        .Include(b => b.Charges)
        .SingleAsync(b => b.Id == id, cancellationToken);

    public void Add(Bill bill) => database.Add(bill);

    public void Add(Charge charge) => database.Add(charge);

    public void Add(Settlement settlement) => database.Add(settlement);

    public Task<Settlement> SettlementAsync(Guid id, CancellationToken cancellationToken) =>
        database.Settlements.AsNoTracking().SingleAsync(s => s.Id == id, cancellationToken);

    public Task<Settlement?> SettlementAsync(string client, string reference, CancellationToken cancellationToken) =>
        database.Settlements.AsNoTracking().SingleOrDefaultAsync(s => s.Client == client && s.Reference == reference, cancellationToken);
}
