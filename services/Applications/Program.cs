using Microsoft.Extensions.Options;
using Mpp.Applications;
using Mpp.Applications.Acting;
using Mpp.Applications.Calendar;
using Mpp.Applications.Coordination;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Live;
using Mpp.Applications.Packages;
using Mpp.Applications.Prechecks;
using Mpp.Applications.Reading;
using Mpp.Applications.Retelling;
using Mpp.Applications.Submission;
using Mpp.Contracts.Payments;
using Mpp.Hosting;
using Mpp.Hosting.Database;
using Mpp.Hosting.Idempotency;

var builder = MppHost.CreateBuilder(args, "applications");
builder.AddDatabase<ApplicationsDbContext>();
builder.AddIdempotency<ApplicationsDbContext>();
builder.AddMessaging<ApplicationsDbContext>(Queues.Applications, messaging => messaging
    .Queue(Queues.Applications, queue => queue.Consumer<StepConsumer>().InBatches<ApplicationLocks>()
        // Any agency may send these: the coordinator checks whose step it is.
        .From<StepAccepted>().From<StepCompleted>().From<StepRefused>().From<CorrectionRequested>()
        .From<FeeRequested>().From<StepCancelled>().From<StepCancellationRefused>()
        .From<FeeBilled>(Queues.Payments).From<FeePaid>(Queues.Payments)
        .From<FeeLapsed>(Queues.Payments).From<FeeWithdrawn>(Queues.Payments)
        .From<FeePaidBack>(Queues.Payments))
    .Publishes<ApplicationChanged>());

var services = builder.Services;
services.AddOptions<FlowSettings>().BindConfiguration("Flow").ValidateDataAnnotations().ValidateOnStart();
services.AddWorkingCalendar();
services.AddSingleton<DeadlineClock>();
services.AddSingleton(provider => new Decider(
    provider.GetRequiredService<IOptions<FlowSettings>>().Value, provider.GetRequiredService<DeadlineClock>()));
services.AddSingleton<FlowMeters>();
services.AddScoped<ApplicationStore>();
services.AddScoped<Coordinator>();
services.AddScoped<CheckedReplies>();
services.AddScoped<AlarmPatience>();
services.AddScoped<Decisions>();
services.AddScoped<Effects>();
services.AddScoped<UnknownReplies>();

services.AddOptions<CatalogueOptions>().BindConfiguration("Catalogue").ValidateDataAnnotations().ValidateOnStart();
services.AddHttpClient(CatalogueCopy.Client, (provider, client) =>
{
    client.BaseAddress = provider.GetRequiredService<IOptions<CatalogueOptions>>().Value.Url;
    client.Timeout = TimeSpan.FromSeconds(10);
});
services.AddSingleton<PackageDefinitions>();
services.AddSingleton<CatalogueCopy>();
services.AddHostedService(provider => provider.GetRequiredService<CatalogueCopy>());
services.AddHealthChecks().AddCheck<PackagesHealthCheck>("packages", tags: ["ready"]);

services.AddScoped<ApplicationActs>();
services.AddSingleton<AgencyQuestions>();
services.AddOptions<PrecheckOptions>().BindConfiguration("Prechecks").ValidateDataAnnotations().ValidateOnStart();
services.AddScoped<PrecheckRecord>();
services.AddOldRows<ApplicationsDbContext, PrecheckRecordRow>(
    PrecheckRecord.Kept, (rows, moment) => rows.Where(row => row.At < moment));
services.AddScoped<Precheck>();
services.AddScoped<SubmissionCheck>();
services.AddScoped<ApplicationFiling>();
services.AddScoped<ApplicationAccess>();

services.AddSingleton<LiveChanges>();
services.AddSingleton<ICommitListener, CommitSignal>();
services.AddHostedService<ChangePoller>();

var app = builder.Build();
app.UseMpp();
app.MapApplications();
app.MapPrechecks();
app.MapRetelling();
return await app.RunMppAsync();
