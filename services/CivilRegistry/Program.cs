using Mpp.Hosting;

var builder = MppHost.CreateBuilder(args, "civil-registry");
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();
