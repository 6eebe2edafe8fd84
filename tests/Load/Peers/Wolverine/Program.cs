using JasperFx;
using Microsoft.EntityFrameworkCore;
using Mpp.Peers;
using Mpp.Peers.Agencies;
using Mpp.Peers.Coordinator;
using Wolverine;

// What stands after the role is for JasperFx: `applications codegen write`.
var role = PeerRole.Parse(args is [var name, ..] ? name : "");
var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var database = Databases.Open(builder.Configuration.GetConnectionString("Database")!);
builder.Services.AddSingleton(TimeProvider.System);
builder.Host.UseWolverine(options => WolverineSettings.Apply(options, role, database, builder.Configuration));

var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
if (role == PeerRole.Coordinator)
{
    app.MapPost("/applications", Submission.HandleAsync);
}

if (args.Length == 1)
{
    await CreateTablesAsync();
}

return await app.RunJasperFxCommands(args[1..]);

async Task CreateTablesAsync()
{
    await using var scope = app.Services.CreateAsyncScope();
    var agency = role != PeerRole.Coordinator;
    DbContext context = agency
        ? scope.ServiceProvider.GetRequiredService<AgencyDb>()
        : scope.ServiceProvider.GetRequiredService<CoordinatorDb>();
    await context.Database.EnsureCreatedAsync();
    if (agency)
    {
        await People.RegisterAsync(database, builder.Configuration.GetValue<int>("Sandbox:People"));
    }
}
