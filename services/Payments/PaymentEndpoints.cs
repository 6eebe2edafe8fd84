using Mpp.Hosting.Idempotency;
using Mpp.Hosting.OpenApi;
using Mpp.Payments.Reading;
using Mpp.Payments.Recording;

namespace Mpp.Payments;

/// <summary>The routes of the service.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this WebApplication app)
    {
        var bills = app.MapGroup("/v1/bills").WithTags("Payments");
        bills.MapGet("/{code}", GetBill.Handle).RequireScope(KnownScopes.PaymentsRead)
            .WithName("GetBill").WithSummary("A bill by its billing code: what is due for what, and until when")
            .Produces<BillView>().Produces(StatusCodes.Status304NotModified).Tagged()
            .Fails(PaymentProblems.UnknownBill);
        bills.MapPost("/{code}/payments", RecordPayment.Handle).RequireScope(KnownScopes.PaymentsRecord)
            .TakesIdempotencyKey().WithName("RecordPayment")
            .WithSummary("The bank has taken the money for a bill; the same reference once more changes nothing")
            .Produces<PaymentView>(StatusCodes.Status201Created).Produces<PaymentView>()
            .Tagged(PaymentProblems.BillChanged).Fails(
                PaymentProblems.UnknownBill, PaymentProblems.BillPaid, PaymentProblems.BillLapsed,
                PaymentProblems.BillWithdrawn, PaymentProblems.ReferenceReused);
        var refunds = app.MapGroup("/v1/refunds").WithTags("Payments");
        refunds.MapGet("", ListRefunds.Handle).RequireScope(KnownScopes.PaymentsOperate)
            .WithName("ListRefunds")
            .WithSummary("Money that was paid for what is not done, and is not paid back yet, longest due first")
            .Produces<RefundPage>().InPages();
        refunds.MapGet("/{id:guid}", GetRefund.Handle).RequireScope(KnownScopes.PaymentsOperate)
            .WithName("GetRefund").WithSummary("A refund that is due, or was paid back, and how")
            .Produces<RefundItem>().Fails(PaymentProblems.UnknownRefund);
        refunds.MapPost("/{id:guid}/repayment", RecordRepayment.Handle).RequireScope(KnownScopes.PaymentsRefund)
            .TakesIdempotencyKey().WithName("RecordRepayment")
            .WithSummary("The money of a refund has been given back; the same once more changes nothing")
            .Produces<RefundItem>(StatusCodes.Status201Created).Produces<RefundItem>()
            .Fails(PaymentProblems.UnknownRefund, PaymentProblems.PaidBack);
    }
}
