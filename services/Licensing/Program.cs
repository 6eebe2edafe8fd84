using Mpp.Agency;
using Mpp.Hosting;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;
using Mpp.Licensing.Sandbox;

var builder = MppHost.CreateBuilder(args, "licensing");
builder.Services.AddSingleton(KbliTable.Load());
builder.AddAgency<LicensingDb>("licensing", agency => agency
    .Service<NibService>()
    .Service<StandardCertificateService>());
builder.AddSandbox<LicensingSandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
