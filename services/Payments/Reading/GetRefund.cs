namespace Mpp.Payments.Reading;

/// <summary><c>GET /v1/refunds/{id}</c>: a refund that is due, or was.</summary>
internal static class GetRefund
{
    public static async Task<IResult> Handle(
        Guid id, CallerRegion region, HttpContext http, RefundAccess access, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return await access.FindAsync(id, region, cancellationToken) is { } refund
            ? TypedResults.Ok(refund)
            : Problem.Of(PaymentProblems.UnknownRefund);
    }
}
