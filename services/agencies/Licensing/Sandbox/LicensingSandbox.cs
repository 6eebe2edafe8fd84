using Microsoft.Extensions.Options;
using Mpp.Licensing.Data;
using Mpp.Sandbox;

namespace Mpp.Licensing.Sandbox;

/// <summary>The blocks of the sandbox population: the sanctions that BPJS has told the licensing office of.</summary>
internal sealed class LicensingSandbox(LicensingDbContext db, IOptions<SandboxOptions> options) : ISandbox
{
    public Task LoadAsync(CancellationToken cancellationToken) => db.Database.CopyMissingAsync(
        "owner_blocks",
        ["id", "nik", "ground", "blocked_on"],
        from sanction in Sanctions.Of(Population.Generate(options.Value.People))
        where sanction.KnownToLicensing
        let person = sanction.Person
        // The same id each time: a block that was lifted meanwhile does not come back with the next start.
        select new object?[]
        {
            new Guid(person.Index + 1, 0x7402, 0, [0, 0, 0, 0, 0, 0, 0, 0]), person.Nik.Value, "bpjs-sanction",
            Population.CountedOn.AddDays(-10)
        },
        cancellationToken);
}
