using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Reading;

/// <summary>Finds refunds for a caller; a refund of another region is not there for this caller.</summary>
internal sealed class RefundAccess(PaymentsDbContext database)
{
    /// <summary>Longest due first.</summary>
    public IQueryable<RefundItem> Among(IQueryable<Fee> fees, CallerRegion region, string? application = null) =>
        from fee in fees
        join account in database.Accounts.Within(region, a => a.Region)
                .Where(a => application == null || a.ApplicationNumber == application)
            on fee.ApplicationId equals account.ApplicationId
        join payment in database.Payments on fee.PaymentId equals payment.Id
        join repayment in database.Repayments on fee.RepaymentId equals repayment.Id into repayments
        from repayment in repayments.DefaultIfEmpty()
        orderby fee.RefundDueAt, fee.Id
        select new RefundItem(
            fee.Id, account.ApplicationNumber!, fee.StepId, fee.Attempt, fee.Purpose!, fee.AmountRupiah!.Value,
            fee.Bill!.Code, payment.Client, payment.Reference, payment.PaidAt, fee.RefundDueAt!.Value,
            repayment == null ? null : new RepaymentView(
                repayment.AmountRupiah, repayment.Reference, repayment.PaidBackAt, repayment.Client, repayment.Subject,
                repayment.RecordedAt));

    /// <summary>A refund that is due, or was.</summary>
    public Task<RefundItem?> FindAsync(Guid id, CallerRegion region, CancellationToken cancellationToken) =>
        Among(database.Fees.AsNoTracking().Where(f => f.Id == id && f.RefundDueAt != null), region)
            .SingleOrDefaultAsync(cancellationToken);
}
