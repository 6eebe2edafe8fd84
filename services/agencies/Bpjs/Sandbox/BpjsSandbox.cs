using System.Globalization;
using Microsoft.Extensions.Options;
using Mpp.Agency;
using Mpp.Bpjs.Data;
using Mpp.Hosting;
using Mpp.Sandbox;

namespace Mpp.Bpjs.Sandbox;

/// <summary>Members and sanctions of the sandbox population.</summary>
internal sealed class BpjsSandbox(BpjsDb db, IOptions<SandboxOptions> options) : ISandbox
{
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var people = Population.Generate(options.Value.People);
        await db.Database.CopyMissingAsync(
            "participants",
            ["membership_number", "nik", "segment", "status", "inactive_reason"],
            from person in people
            where person.Jkn.Status != JknStatus.NotRegistered
            select new object?[]
            {
                person.Jkn.MembershipNumber,
                person.Nik.Value,
                Segment(person.Jkn.Segment),
                person.Jkn.Status == JknStatus.Active ? "active" : "inactive",
                person.Jkn.InactiveReason,
            },
            cancellationToken);
        await db.Database.CopyMissingAsync(
            "sanctions",
            ["id", "nik", "letter_number", "imposed_on"],
            from person in people
            where person.Sanctioned
            let imposed = Population.CountedOn.AddDays(-30 - person.Index % 300)
            select new object?[]
            {
                Guid.CreateVersion7(),
                person.Nik.Value,
                string.Create(CultureInfo.InvariantCulture, $"TMP2T/{person.Index + 1:D6}/{imposed.Year}"),
                imposed,
            },
            cancellationToken);
    }

    private static string Segment(JknSegment? segment) => segment switch
    {
        JknSegment.Pbi => "pbi",
        JknSegment.Ppu => "ppu",
        JknSegment.Pbpu => "pbpu",
        _ => "bp",
    };
}
