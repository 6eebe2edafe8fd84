using Mpp.Catalog.Data;
using Mpp.Catalog.Http;
using Mpp.Catalog.Loading;
using Mpp.Catalog.Publishing;
using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "catalog");
builder.AddDatabase<CatalogDbContext>();
builder.Services.AddSingleton(services => DefinitionsFolder.Load(services.GetRequiredService<IConfiguration>()));
builder.Services.AddSingleton<Representations>();
builder.Services.AddSingleton<Publication>();
builder.Services.AddHostedService(services => services.GetRequiredService<Publication>());
builder.Services.AddHealthChecks().AddCheck<Publication>("definitions", tags: ["ready"]);

var app = builder.Build();
app.UseMpp();
app.MapCatalogue();
return await app.RunMppAsync();
