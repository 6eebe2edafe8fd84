using System.ComponentModel.DataAnnotations;
using Mpp.Hosting.Http;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;
using Mpp.Payments.Recording;

namespace Mpp.Payments.Reading;

/// <summary>Money to give back, longest due first.</summary>
internal sealed record RefundPage([MaxLength(ListRefunds.MaxLimit)] IReadOnlyList<RefundItem> Items);

/// <summary>A fee that was paid, and whose step was then withdrawn.</summary>
/// <param name="Id">Names it in the list.</param>
/// <param name="ApplicationNumber">The application.</param>
/// <param name="Step">The step's id in the package.</param>
/// <param name="Attempt">The step's attempt.</param>
/// <param name="Purpose">What the fee was for.</param>
/// <param name="AmountRupiah">What is to be given back, in whole rupiah. The payment may have paid for
/// more than this.</param>
/// <param name="BillingCode">The bill that it was paid with.</param>
/// <param name="Bank">The client that reported the payment.</param>
/// <param name="Reference">The bank's own reference of the payment.</param>
/// <param name="PaidAt">When the bank took the money.</param>
/// <param name="DueSince">When the step was withdrawn.</param>
internal sealed record RefundItem(
    Guid Id, string ApplicationNumber, string Step, int Attempt, string Purpose, long AmountRupiah,
    string BillingCode, string Bank, [PaymentReference] string Reference, DateTimeOffset PaidAt,
    DateTimeOffset DueSince);

/// <summary>
/// <c>GET /v1/refunds</c> of the caller's region, in pages: <c>Link: rel="next"</c> leads to the next one.
/// </summary>
internal static class ListRefunds
{
    private const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    /// <param name="after">The id of the last item of the page before.</param>
    /// <param name="limit">Items on a page; 100 without it.</param>
    public static async Task<IResult> Handle(
        Guid? after, [Range(1, MaxLimit)] int? limit, CallerRegion region, HttpContext http, PaymentsDbContext database,
        CancellationToken cancellationToken)
    {
        if (Paging.LimitFault(limit, MaxLimit) is { } fault)
        {
            return fault;
        }

        var due = database.Fees.AsNoTracking().Where(c => c.State == FeeState.RefundDue);
        if (after is { } last)
        {
            if (await database.Fees.Where(c => c.Id == last)
                .Select(c => c.RefundDueAt).SingleOrDefaultAsync(cancellationToken) is not { } since)
            {
                return Problem.Parameter(
                    nameof(after), ErrorCodes.UnknownValue, "The id of the last item of a page is expected.");
            }

            due = due.Where(c => EF.Functions.GreaterThan(
                ValueTuple.Create(c.RefundDueAt!.Value, c.Id), ValueTuple.Create(since, last)));
        }

        var size = limit ?? DefaultLimit;
        var query =
            from fee in due
            join account in database.Accounts.Within(
                region, a => a.Region) on fee.ApplicationId equals account.ApplicationId
            join payment in database.Payments on fee.PaymentId equals payment.Id
            orderby fee.RefundDueAt, fee.Id
            select new RefundItem(
                fee.Id, account.ApplicationNumber!, fee.StepId, fee.Attempt, fee.Purpose!, fee.AmountRupiah!.Value,
                fee.Bill!.Code, payment.Client, payment.Reference, payment.PaidAt, fee.RefundDueAt!.Value);
        var items = await query.Take(size + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(new RefundPage(http.Page(items, size, item => item.Id)));
    }
}
