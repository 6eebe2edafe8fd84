using Mpp.Hosting;
using Mpp.Messaging;
using Mpp.Payments;
using Mpp.Payments.Bills;
using Mpp.Payments.Charging;
using Mpp.Payments.Data;
using Mpp.Payments.Reading;
using Mpp.Payments.Settling;

var builder = MppHost.CreateBuilder(args, "payments");
builder.AddDatabase<PaymentsDb>();
builder.AddMessaging<PaymentsDb>(messaging => messaging.Queue(Queues.Payments, queue => queue.Consumer<ChargeConsumer>()));

var services = builder.Services;
services.AddSingleton<PaymentMeters>();
services.AddScoped<Ledger>();
services.AddScoped<Answers>();
services.AddScoped<BillAccess>();
services.AddScoped<SettleBill>();

var app = builder.Build();
app.UseMpp();
app.MapPayments();
return await app.RunMppAsync();
