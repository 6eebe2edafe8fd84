using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "bpjs");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
