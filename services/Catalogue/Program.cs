using Mpp.Catalogue.Data;
using Mpp.Catalogue.Http;
using Mpp.Catalogue.Loading;
using Mpp.Catalogue.Publishing;
using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "catalogue");
builder.AddDatabase<CatalogueDbContext>();
builder.Services.AddSingleton(services => DefinitionsFolder.Load(services.GetRequiredService<IConfiguration>()));
builder.Services.AddSingleton<Representations>();
builder.Services.AddSingleton<Publication>();
builder.Services.AddHostedService(services => services.GetRequiredService<Publication>());
builder.Services.AddHealthChecks().AddCheck<Publication>("definitions", tags: ["ready"]);

var app = builder.Build();
app.UseMpp();
app.MapCatalogue();
return await app.RunMppAsync();
