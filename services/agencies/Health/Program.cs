using Mpp.Health.Data;
using Mpp.Health.Recommendations;
using Mpp.Health.Registrations;
using Mpp.Health.Sandbox;

var builder = MppHost.CreateBuilder(args, "health");
builder.Services.AddSingleton(PracticeRulebook.Load());
builder.AddAgency<HealthDbContext>("health", agency => agency
    .Service<RegistrationStatusService>()
    .Service<PracticeRecommendationService>()
    .Service<PracticeRecordService>());
builder.AddSandbox<HealthSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
