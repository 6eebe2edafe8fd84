using Mpp.Police;
using Mpp.Police.Data;
using Mpp.Police.DrivingLicences;
using Mpp.Police.LossReports;
using Mpp.Police.Sandbox;
using Mpp.Police.Skck;

var builder = MppHost.CreateBuilder(args, "police");
builder.Services.AddOptions<PoliceOptions>().BindConfiguration("Police").ValidateOnStart();
builder.Services.AddSingleton(SkckRulebook.Load()).AddSingleton(IssuingUnits.Load())
    .AddSingleton(LossReportRulebook.Load()).AddSingleton(DrivingLicenceRulebook.Load());
builder.AddAgency<PoliceDbContext>("police", agency => agency
    .Service<SkckService>()
    .Service<LossReportService>()
    .Service<DrivingLicenceReprintService>());
builder.AddSandbox<PoliceSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
