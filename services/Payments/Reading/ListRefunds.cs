using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Problems;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Reading;

/// <summary>Money to give back, longest due first.</summary>
internal sealed record RefundPage(IReadOnlyList<RefundItem> Items);

/// <summary>A charge that was paid, and whose step was then withdrawn.</summary>
/// <param name="Id">Names it in the list.</param>
/// <param name="ApplicationNumber">The application.</param>
/// <param name="Step">The step's id in the package.</param>
/// <param name="Attempt">The step's attempt.</param>
/// <param name="Purpose">What the fee was for.</param>
/// <param name="AmountRupiah">What is to be given back, in whole rupiah. The settlement may have paid for more than this.</param>
/// <param name="BillingCode">The bill that it was paid with.</param>
/// <param name="Bank">The client that settled the bill.</param>
/// <param name="Reference">The bank's own reference of the settlement.</param>
/// <param name="PaidAt">When the bank took the money.</param>
/// <param name="DueSince">When the step was withdrawn.</param>
internal sealed record RefundItem(
    Guid Id, string ApplicationNumber, string Step, int Attempt, string Purpose, long AmountRupiah, string BillingCode, string Bank, string Reference,
    DateTimeOffset PaidAt, DateTimeOffset DueSince);

/// <summary><c>GET /v1/payments/refunds</c> of the caller's region, in pages: <c>Link: rel="next"</c> leads to the next one.</summary>
internal static class ListRefunds
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static async Task<IResult> Handle(
        Guid? after, int? limit, CallerRegion region, HttpContext http, PaymentsDb database, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return Problem.Of(ProblemCodes.BadRequest, $"limit is 1 to {MaxLimit}.");
        }

        var due = database.Charges.AsNoTracking().Where(c => c.State == ChargeState.RefundDue);
        if (after is { } last)
        {
            if (await database.Charges.Where(c => c.Id == last).Select(c => c.RefundDueAt).SingleOrDefaultAsync(cancellationToken) is not { } since)
            {
                return Problem.Of(ProblemCodes.BadRequest, "after is the id of the last item of a page.");
            }

            due = due.Where(c => EF.Functions.GreaterThan(ValueTuple.Create(c.RefundDueAt!.Value, c.Id), ValueTuple.Create(since, last)));
        }

        var (own, below, size) = (region.Region?.Value ?? "", $"{region.Region?.Value}.", limit ?? DefaultLimit);
        var query =
            from charge in due
            join account in database.Accounts on charge.ApplicationId equals account.ApplicationId
            join settlement in database.Settlements on charge.SettlementId equals settlement.Id
            where region.IsEverywhere || account.Region == own || account.Region!.StartsWith(below)
            orderby charge.RefundDueAt, charge.Id
            select new RefundItem(
                charge.Id, account.ApplicationNumber!, charge.StepId, charge.Attempt, charge.Purpose!, charge.AmountRupiah!.Value, charge.Bill!.Code,
                settlement.Client, settlement.Reference, settlement.PaidAt, charge.RefundDueAt!.Value);
        var items = await query.Take(size + 1).ToListAsync(cancellationToken);
        http.Response.Headers.CacheControl = "private, no-cache";
        if (items.Count > size)
        {
            items.RemoveAt(size);
            http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"</v1/payments/refunds?after={items[^1].Id}&limit={size}>; rel=\"next\"");
        }

        return TypedResults.Ok(new RefundPage(items));
    }
}
