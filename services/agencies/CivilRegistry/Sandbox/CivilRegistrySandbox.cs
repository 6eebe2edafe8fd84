using System.Globalization;
using Microsoft.Extensions.Options;
using Mpp.CivilRegistry.Births;
using Mpp.CivilRegistry.Data;
using Mpp.Sandbox;

namespace Mpp.CivilRegistry.Sandbox;

/// <summary>Registers the sandbox population: family cards, persons, and the NIK serials that they use up.</summary>
internal sealed class CivilRegistrySandbox(CivilRegistryDbContext db, IOptions<SandboxOptions> options) : ISandbox
{
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var people = Population.Generate(options.Value.People);
        var last = people[^1].Nik;
        if (!await db.Persons.AnyAsync(p => p.Nik == last, cancellationToken))
        {
            await db.Database.CopyMissingAsync(
                "family_cards", ["number", "region", "issued_on", "edition"], Cards(people), cancellationToken);
            await db.Database.CopyMissingAsync(
                "persons",
                [
                    "nik", "name", "sex", "birth_date", "birth_place", "region",
                    "marital_status", "mother_nik", "father_nik", "family_card_number", "family_role", "deceased_on",
                ],
                Persons(people),
                cancellationToken);
        }

        await db.Database.ExecuteSqlAsync($"""
            insert into number_series as s (series, last)
            select {NikSerial.Series} || substr(nik, 1, 12), max(substr(nik, 13)::int) from persons group by 1
            on conflict (series) do update set last = excluded.last where s.last < excluded.last
            """, cancellationToken);
    }

    private static IEnumerable<object?[]> Cards(IReadOnlyList<Person> people) =>
        from person in people.DistinctBy(p => p.FamilyCardNumber)
        select new object?[]
        {
            person.FamilyCardNumber,
            person.District.Value,
            DateOnly.ParseExact(person.FamilyCardNumber.AsSpan(6, 6), "ddMMyy", CultureInfo.InvariantCulture),
            1,
        };

    private static IEnumerable<object?[]> Persons(IReadOnlyList<Person> people)
    {
        var deceased = people.Where(p => p.Deceased is not null).Select(p => p.Nik).ToHashSet();
        return from person in people
               let alive = person.Deceased is null
               select new object?[]
               {
                   person.Nik.Value,
                   person.Name,
                   person.Sex == Sex.Female ? "female" : "male",
                   person.BirthDate,
                   person.BirthPlace,
                   person.District.Value,
                   MaritalStatus(person, deceased),
                   person.MotherNik?.Value,
                   person.FatherNik?.Value,
                   // The dead are on no card.
                   alive ? person.FamilyCardNumber : null,
                   alive ? person.Role.ToString().ToLowerInvariant() : null,
                   person.Deceased,
               };
    }

    private static string MaritalStatus(Person person, HashSet<Nik> deceased) => person switch
    {
        { Role: FamilyRole.Child } => "single",
        { SpouseNik: { } spouse } => deceased.Contains(spouse) ? "widowed" : "married",
        _ => "divorced",
    };
}
