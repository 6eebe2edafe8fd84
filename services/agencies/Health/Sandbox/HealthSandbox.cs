using Microsoft.Extensions.Options;
using Mpp.Health.Data;
using Mpp.Sandbox;

namespace Mpp.Health.Sandbox;

/// <summary>The health workers of the sandbox population.</summary>
internal sealed class HealthSandbox(HealthDbContext db, IOptions<SandboxOptions> options) : ISandbox
{
    public Task LoadAsync(CancellationToken cancellationToken) => db.Database.CopyMissingAsync(
        "registrations",
        ["str_number", "nik", "profession", "state", "enough_credits"],
        from worker in HealthWorkers.Of(Population.Generate(options.Value.People))
        select new object?[]
        {
            worker.StrNumber,
            worker.Person.Nik.Value,
            worker.Profession.ToString().ToLowerInvariant(),
            worker.Suspended ? "suspended" : "active",
            worker.EnoughCredits,
        },
        cancellationToken);
}
