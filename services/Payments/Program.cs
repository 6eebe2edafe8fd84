using Mpp.Contracts.Payments;
using Mpp.Hosting;
using Mpp.Hosting.Idempotency;
using Mpp.Messaging;
using Mpp.Payments.Data;
using Mpp.Payments.Fees;
using Mpp.Payments.Reading;
using Mpp.Payments.Recording;
using Mpp.Payments;

var builder = MppHost.CreateBuilder(args, "payments");
builder.AddDatabase<PaymentsDbContext>();
builder.AddIdempotency<PaymentsDbContext>();
builder.AddMessaging<PaymentsDbContext>(
    Queues.Payments, messaging => messaging.Queue(Queues.Payments, queue => queue
        .Consumer<FeeConsumer>()
        .From<BillFee>(Queues.Applications)
        .From<WithdrawFee>(Queues.Applications)));

var services = builder.Services;
services.AddSingleton<PaymentMeters>();
services.AddScoped<Ledger>();
services.AddScoped<FeeReplies>();
services.AddScoped<BillAccess>();
services.AddScoped<PaymentRecording>();
services.AddScoped<RefundAccess>();
services.AddScoped<RepaymentRecording>();

var app = builder.Build();
app.UseMpp();
app.MapPayments();
return await app.RunMppAsync();
