using Mpp.Bpjs.Cards;
using Mpp.Bpjs.Data;
using Mpp.Bpjs.Employers;
using Mpp.Bpjs.Members;
using Mpp.Bpjs.Newborns;
using Mpp.Bpjs.Sandbox;

var builder = MppHost.CreateBuilder(args, "bpjs");
builder.Services.AddSingleton(NewbornRulebook.Load()).AddScoped<NewbornRegister>();
builder.AddAgency<BpjsDbContext>("bpjs", agency => agency
    .Service<MembershipStatusService>()
    .Service<NewbornEnrolmentService>()
    .Service<NewbornNikService>()
    .Service<EmployerRegistrationService>()
    .Service<MembershipCardReprintService>());
builder.AddSandbox<BpjsSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
