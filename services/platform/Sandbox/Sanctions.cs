using System.Globalization;

namespace Mpp.Sandbox;

/// <summary>A sanction of BPJS Ketenagakerjaan (TMP2T, PP 86/2013) that lasts.</summary>
/// <param name="Person">Who is under it.</param>
/// <param name="LetterNumber">The letter that imposed it, unique.</param>
/// <param name="ImposedOn">Since when.</param>
/// <param name="KnownToLicensing">Whether BPJS has asked the licensing office to withhold its services. It has done so
/// for every second person only: about the others the office knows nothing yet. BPJS itself withholds nothing.</param>
public sealed record Sanction(Person Person, string LetterNumber, DateOnly ImposedOn, bool KnownToLicensing);

/// <summary>The sanctions of a population, always the same: about one adult in a hundred.</summary>
public static class Sanctions
{
    /// <summary>Every sanction.</summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<Sanction> Of(IReadOnlyList<Person> people) =>
        people.Where(p => p.Sanctioned).Select((person, position) =>
        {
            var imposed = Population.CountedOn.AddDays(-30 - person.Index % 300);
            var letter = string.Create(CultureInfo.InvariantCulture, $"TMP2T/{person.Index + 1:D6}/{imposed.Year}");
            return new Sanction(person, letter, imposed, KnownToLicensing: position % 2 == 0);
        });
}
