using Mpp.Licensing.BusinessNumbers;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;
using Mpp.Licensing.Licences;
using Mpp.Licensing.Practices;
using Mpp.Licensing.Sandbox;

var builder = MppHost.CreateBuilder(args, "licensing");
builder.Services.AddSingleton(KbliTable.Load()).AddSingleton(NibRulebook.Load())
    .AddSingleton(PracticeLicenceRulebook.Load());
builder.AddAgency<LicensingDbContext>("licensing", agency => agency
    .Service<NibService>()
    .Service<StandardCertificateService>()
    .Service<BusinessLicenceService>()
    .Service<PracticeLicenceService>());
builder.AddSandbox<LicensingSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
