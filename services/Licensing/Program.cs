using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "licensing");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
