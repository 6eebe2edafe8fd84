using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "gateway");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
