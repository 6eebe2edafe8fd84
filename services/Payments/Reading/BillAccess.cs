using Mpp.Contracts;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Reading;

/// <summary>
/// Finds a bill for a caller. A bill of another region is not there for this caller, and nothing is there for a text
/// that is no billing code.
/// </summary>
internal sealed class BillAccess(PaymentsDbContext database)
{
    /// <summary>The bill with its fees as they are now; nothing is locked, and nothing tracked.</summary>
    public async Task<Bill?> FindAsync(string code, CallerRegion caller, CancellationToken cancellationToken)
    {
        if (!BillingCode.IsWellFormed(code)
            || await database.Bills.AsNoTracking().Include(b => b.Account)
                .Include(b => b.Fees).SingleOrDefaultAsync(b => b.Code == code, cancellationToken) is not { } bill
            || !caller.Covers(RegionCode.Parse(bill.Account.Region!)))
        {
            return null;
        }

        Spans.TagRead(bill.Account);
        return bill;
    }
}
