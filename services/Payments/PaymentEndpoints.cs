using Mpp.Hosting.Auth;
using Mpp.Payments.Reading;
using Mpp.Payments.Settling;

namespace Mpp.Payments;

/// <summary>The routes of the service.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this WebApplication app)
    {
        var payments = app.MapGroup("/v1/payments").WithTags("Payments");
        payments.MapGet("/{code}", GetBill.Handle).RequireScope("payments.read")
            .WithName("GetBill").WithSummary("A bill by its billing code: what is due for what, and until when")
            .Produces<BillView>().Produces(StatusCodes.Status304NotModified);
        payments.MapPost("/{code}/settlements", SettleBill.Handle).RequireScope("payments.settle")
            .WithName("SettleBill").WithSummary("The bank has taken the money for a bill; the same reference once more changes nothing")
            .Produces<SettlementView>(StatusCodes.Status201Created).Produces<SettlementView>();
        payments.MapGet("/refunds", ListRefunds.Handle).RequireScope("payments.operate")
            .WithName("ListRefunds").WithSummary("Money that was paid for steps that were then withdrawn, longest due first")
            .Produces<RefundPage>();
    }
}
