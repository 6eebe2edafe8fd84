using Mpp.CivilRegistry.Births;
using Mpp.CivilRegistry.ChildCards;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.FamilyCards;
using Mpp.CivilRegistry.Identity;
using Mpp.CivilRegistry.IdentityCards;
using Mpp.CivilRegistry.Rules;
using Mpp.CivilRegistry.Sandbox;

var builder = MppHost.CreateBuilder(args, "civil-registry");
builder.Services.AddSingleton(CivilRegistryRules.Load());
builder.AddAgency<CivilRegistryDbContext>("civil-registry", agency => agency
    .Service<IdentityVerificationService>()
    .Service<BirthCertificateService>()
    .Service<FamilyCardService>()
    .Service<ChildIdentityCardService>()
    .Service<IdentityCardReprintService>());
builder.AddSandbox<CivilRegistrySandbox>();

var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
