using Mpp.Hosting.Description;
using Mpp.Hosting.Http;

namespace Mpp.Payments.Reading;

/// <summary><c>GET /v1/bills/{code}</c>: the bank's inquiry.</summary>
internal static class GetBill
{
    public static async Task<IResult> Handle(
        [Word("billingCode")] string code, CallerRegion region, HttpContext http, BillAccess access,
        CancellationToken cancellationToken)
    {
        if (await access.FindAsync(code, region, cancellationToken) is not { } bill)
        {
            return Problem.Of(PaymentProblems.UnknownBill);
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        return StateTag.IsKnown(http, BillView.Tag(bill))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(BillView.Of(bill));
    }
}
