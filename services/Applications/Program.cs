using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "applications");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
