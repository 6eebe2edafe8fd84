using System.Security.Claims;

namespace Mpp.Payments.Recording;

/// <summary><c>POST /v1/refunds/{id}/repayment</c>: the money of a refund has been given back.</summary>
internal static class RecordRepayment
{
    public static Task<IResult> Handle(
        Guid id, RepaymentRequest request, ClaimsPrincipal caller, CallerRegion region, HttpContext http,
        RepaymentRecording recording, CancellationToken cancellationToken) => recording.RecordAsync(
            id, request, caller.ClientId() ?? "", caller.FindFirstValue("sub"), region, http, cancellationToken);
}
