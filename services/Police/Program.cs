using Mpp.Agency;
using Mpp.Hosting;
using Mpp.Police;
using Mpp.Police.Data;
using Mpp.Police.Sandbox;
using Mpp.Police.Skck;

var builder = MppHost.CreateBuilder(args, "police");
builder.Services.AddOptions<PoliceOptions>().BindConfiguration("Police").ValidateOnStart();
builder.Services.AddSingleton(SkckRulebook.Load()).AddSingleton(IssuingUnits.Load());
builder.AddAgency<PoliceDb>("police", agency => agency.Service<SkckService>());
builder.AddSandbox<PoliceSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
