using Mpp.Contracts.Operations;
using Mpp.Hosting;
using Mpp.Messaging;
using Mpp.Operations;
using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Frame;
using Mpp.Operations.Live;
using Mpp.Operations.Mall;
using Mpp.Operations.Now;
using Mpp.Operations.OneApplication;
using Mpp.Operations.Projection;
using Mpp.Operations.Records;
using Mpp.Web;

var builder = MppHost.CreateBuilder(args, Queues.Operations);
builder.AddDatabase<OperationsDbContext>();
builder.AddMessaging<OperationsDbContext>(Queues.Operations, messaging => messaging
    .Queue(Queues.Operations, queue => queue.Consumer<ChangeConsumer>().Consumer<BeatConsumer>()
        .InBatches<ChangesTogether>()
        .Hears<ApplicationChanged>(Queues.Applications)
        // Every service speaks for itself; the consumer checks it.
        .Hears<ServiceHeartbeat>(Queues.Operations).From<ServiceHeartbeat>()));
builder.AddPages(ConsolePaths.Base);
builder.AddKeysInDatabase(Queues.Operations);
builder.AddConsoleSignIn();

var services = builder.Services;
services.AddSingleton<LiveSignal>();
services.AddSingleton<Catalogue>();
services.AddSingleton<NowQueries>();
services.AddScoped<ApplicationReader>();
services.AddScoped<PageParts>();
services.AddScoped<StepActs>();
services.AddScoped<ConsoleRecords>();
services.AddMallClients();
services.AddOptions<CatchUpOptions>().BindConfiguration(CatchUpOptions.Section)
    .Validate(options => options.Interval > TimeSpan.Zero, "CatchUp:Interval must be longer than zero.")
    .ValidateOnStart();
services.AddHostedService<CatalogueReader>();
services.AddSingleton<CatchUp>();
services.AddHostedService(provider => provider.GetRequiredService<CatchUp>());

var app = builder.Build();
app.UseMpp();
app.UsePages();
return await app.RunMppAsync(ready =>
{
    ready.MapPages();
    ready.MapConsole();
});
