using System.Globalization;
using Microsoft.Extensions.Options;
using Mpp.Police.Data;
using Mpp.Sandbox;

namespace Mpp.Police.Sandbox;

/// <summary>The cases and driving licences of the sandbox population.</summary>
internal sealed class PoliceSandbox(PoliceDbContext db, IOptions<SandboxOptions> options) : ISandbox
{
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var people = Population.Generate(options.Value.People);
        await LoadRecordsAsync(people, cancellationToken);
        await db.Database.CopyMissingAsync(
            "driving_licences",
            ["number", "holder_nik", "class", "valid_until"],
            Drivers.Of(people)
                .Select(l => new object?[] { l.Number, l.Person.Nik.Value, l.Class.ToLowerInvariant(), l.ValidUntil }),
            cancellationToken);
    }

    private Task LoadRecordsAsync(IReadOnlyList<Person> people, CancellationToken cancellationToken) =>
        db.Database.CopyMissingAsync(
            "police_records",
            ["id", "case_number", "nik", "state", "opened_on", "closed_on"],
            from person in people
            where person.PoliceRecord != PoliceRecord.None
            let closed = person.PoliceRecord == PoliceRecord.Closed
            let opened = Population.CountedOn.AddDays(-(closed ? 1200 : 90) - person.Index % 60)
            select new object?[]
            {
                Guid.CreateVersion7(),
                string.Create(
                    CultureInfo.InvariantCulture, $"LP/B/{person.Index + 1:D6}/{opened.Year}/SPKT/POLRES KONAWE"),
                person.Nik.Value,
                closed ? "closed" : "open",
                opened,
                closed ? opened.AddDays(300) : null,
            },
            cancellationToken);
}
