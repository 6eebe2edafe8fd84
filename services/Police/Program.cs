using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "police");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
