using Microsoft.Extensions.Options;
using Mpp.Agency;
using Mpp.Hosting;
using Mpp.Licensing.Data;
using Mpp.Sandbox;

namespace Mpp.Licensing.Sandbox;

/// <summary>
/// The blocks of the sandbox population. BPJS has asked the licensing office to withhold its services for every second sanctioned
/// person only: of the others it hears nothing yet, and BPJS itself refuses them.
/// </summary>
internal sealed class LicensingSandbox(LicensingDb db, IOptions<SandboxOptions> options) : ISandbox
{
    public Task LoadAsync(CancellationToken cancellationToken) => db.Database.CopyMissingAsync(
        "owner_blocks",
        ["id", "nik", "ground", "blocked_on"],
        from person in Population.Generate(options.Value.People).Where(p => p.Sanctioned).Where((_, position) => position % 2 == 0)
            // The same id each time: a block that was lifted meanwhile does not come back with the next start.
        select new object?[] { new Guid(person.Index + 1, 0x7402, 0, [0, 0, 0, 0, 0, 0, 0, 0]), person.Nik.Value, "bpjs-sanction", Population.CountedOn.AddDays(-10) },
        cancellationToken);
}
