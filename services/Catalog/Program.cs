using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "catalog");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
