using Mpp.Gateway.Docs;
using Mpp.Gateway.Edge;
using Mpp.Gateway.Limits;
using Mpp.Gateway.Routing;
using Mpp.Gateway.Sandbox;
using Mpp.Gateway.Status;
using Mpp.Hosting;
using Mpp.Web;

var builder = MppHost.CreateBuilder(args, "gateway");
builder.AddEdge();
builder.AddLimits();
builder.AddPublicRoutes();
builder.AddPages(StatusEndpoints.Pages);

var app = builder.Build();
app.UseMpp(beforeRouting: first => first.UseEdge().UseAddressLimit().UseDocs());
app.UsePages();
return await app.RunMppAsync(ready =>
{
    ready.UseClientLimit();
    ready.UseRequestTimeouts();
    ready.MapSandboxClock();
    ready.MapSandboxPeople();
    ready.MapStatus();
    ready.MapDocs();
    ready.MapPublicRoutes();
});
