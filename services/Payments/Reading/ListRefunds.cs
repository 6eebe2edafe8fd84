using System.ComponentModel.DataAnnotations;
using Mpp.Hosting.Http;
using Mpp.Payments.Bills;
using Mpp.Payments.Data;

namespace Mpp.Payments.Reading;

/// <summary>Money to give back, longest due first.</summary>
internal sealed record RefundPage([MaxLength(ListRefunds.MaxLimit)] IReadOnlyList<RefundItem> Items);

/// <summary>
/// <c>GET /v1/refunds</c> of the caller's region, in pages: <c>Link: rel="next"</c> leads to the next one.
/// </summary>
internal static class ListRefunds
{
    private const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    /// <param name="application">Only those of the application of this number.</param>
    /// <param name="after">The id of the last item of the page before.</param>
    /// <param name="limit">Items on a page, 1 to 500.</param>
    public static async Task<IResult> Handle(
        string? application, Guid? after, [Range(1, MaxLimit)] int? limit, CallerRegion region,
        HttpContext http, PaymentsDbContext database, RefundAccess access, CancellationToken cancellationToken)
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
        var items = await access.Among(due, region, application).Take(size + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(new RefundPage(http.Page(items, size, item => item.Id)));
    }
}
