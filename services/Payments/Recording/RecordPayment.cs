using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Mpp.Hosting.Description;

namespace Mpp.Payments.Recording;

/// <summary><c>POST /v1/bills/{code}/payments</c>: a bank reports the money for a bill.</summary>
internal static class RecordPayment
{
    public static async Task<IResult> Handle(
        [Word("billingCode")] string code, PaymentRequest request, ClaimsPrincipal caller, CallerRegion region,
        HttpContext http,
        PaymentRecording recording, PaymentMeters meters,
        [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancellationToken)
    {
        var result = await recording.RecordAsync(
            code, request, caller.ClientId() ?? "", region, ifMatch, http, cancellationToken);
        if (result is Problem problem)
        {
            meters.Refused(problem.Code.Code);
        }

        return result;
    }
}
