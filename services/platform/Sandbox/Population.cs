using Mpp.Contracts;

namespace Mpp.Sandbox;

/// <summary>
/// Invented people in families of region 74.02 (Konawe), the same on every machine and every day. Person <c>i</c> does
/// not depend on how many are asked for: ten thousand people begin with the same thousand. Never loaded in production.
/// </summary>
/// <remarks>
/// About 85 % have active JKN, 3 % an open police record, 2 % are deceased, 1 % are under a sanction. The last family
/// may lack its younger members, so that the number is exact.
/// </remarks>
public static class Population
{
    /// <summary>
    /// The day on which the population was "counted": ages and dates stand in relation to it, never to today.
    /// </summary>
    public static readonly DateOnly CountedOn = new(2026, 1, 1);

    /// <summary>The region that everybody lives in.</summary>
    public static readonly RegionCode Region = RegionCode.Parse("74.02");

    /// <summary>The first people, as many as are asked for.</summary>
    /// <param name="people">At least 1; made for up to 50,000 (about 0.1 s).</param>
    public static IReadOnlyList<Person> Generate(int people = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        var registrar = new Registrar();
        var all = new List<Person>(people + 8);
        for (var family = 0; all.Count < people; family++)
        {
            all.AddRange(new Family(family, registrar, all.Count).People());
        }

        all.RemoveRange(people, all.Count - people);
        return all;
    }

    /// <summary>
    /// Couples for whom the package <c>birth</c> succeeds: both living and registered together, the mother 20 to 44
    /// years old with active JKN.
    /// </summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<Couple> Couples(IReadOnlyList<Person> people)
    {
        var byNik = people.ToDictionary(p => p.Nik);
        return from mother in people
               where mother is
               {
                   Sex: Sex.Female,
                   Role: FamilyRole.Spouse,
                   Deceased: null,
                   Jkn.Status: JknStatus.Active
               }
               where mother.AgeOn(CountedOn) is >= 20 and <= 44
               where mother.SpouseNik is { } husband && byNik[husband].Deceased is null
               select new Couple(mother, byNik[mother.SpouseNik!.Value]);
    }

    /// <summary>The mothers of <see cref="Couples"/>.</summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<Person> Mothers(IReadOnlyList<Person> people) => Couples(people).Select(c => c.Mother);

    /// <summary>
    /// People for whom the package <c>job-seeker</c> succeeds without further proof: living, 18 to 58 years old, active
    /// JKN, no open record.
    /// </summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<Person> JobSeekers(IReadOnlyList<Person> people) =>
        people.Where(p => p is { Deceased: null, Jkn.Status: JknStatus.Active, PoliceRecord: not PoliceRecord.Open }
            && p.AgeOn(CountedOn) is >= 18 and <= 58);

    /// <summary>
    /// People for whom the package <c>start-business</c> succeeds: living, 21 to 65 years old, under no sanction.
    /// </summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<Person> Owners(IReadOnlyList<Person> people) =>
        people.Where(p => p is { Deceased: null, Sanctioned: false } && p.AgeOn(CountedOn) is >= 21 and <= 65);
}

/// <summary>A married couple on one family card.</summary>
/// <param name="Mother">The wife.</param>
/// <param name="Father">The husband.</param>
public sealed record Couple(Person Mother, Person Father);
