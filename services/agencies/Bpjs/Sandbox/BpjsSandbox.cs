using Microsoft.Extensions.Options;
using Mpp.Bpjs.Data;
using Mpp.Sandbox;

namespace Mpp.Bpjs.Sandbox;

/// <summary>Members and sanctions of the sandbox population.</summary>
internal sealed class BpjsSandbox(BpjsDbContext db, IOptions<SandboxOptions> options) : ISandbox
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
            Sanctions.Of(people)
                .Select(s => new object?[] { Guid.CreateVersion7(), s.Person.Nik.Value, s.LetterNumber, s.ImposedOn }),
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
