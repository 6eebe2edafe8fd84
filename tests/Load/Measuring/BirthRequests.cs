using System.Globalization;
using System.Text.Json.Nodes;
using Mpp.Sandbox;

namespace Mpp.Load.Measuring;

/// <summary>
/// Applications for the package <c>birth</c> without a named father: six steps at two agencies, each for another
/// mother.
/// </summary>
internal sealed class BirthRequests
{
    /// <summary>Of so many people one is a mother for whom the package succeeds, with room to spare.</summary>
    private const int PeoplePerMother = 16;

    private readonly Person[] _mothers;

    public BirthRequests(int applications)
    {
        People = Math.Max(1000, applications * PeoplePerMother);
        _mothers = [.. Population.Mothers(Population.Generate(People)).Take(applications)];
        if (_mothers.Length < applications)
        {
            throw new InvalidOperationException($"The sandbox of {People} people has {_mothers.Length} mothers, "
                + $"and {applications} are needed: lower --rate or --seconds.");
        }
    }

    /// <summary>How many people the sandbox must have.</summary>
    public int People { get; }

    public string Body(int index)
    {
        var mother = _mothers[index];
        var born = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-7);
        return new JsonObject
        {
            ["package"] = "birth",
            ["region"] = Population.Region.Value,
            ["channel"] = "electronic",
            ["input"] = new JsonObject
            {
                ["mother"] = new JsonObject
                {
                    ["nik"] = mother.Nik.Value,
                    ["name"] = mother.Name,
                    ["birthDate"] = Date(mother.BirthDate)
                },
                ["familyCardNumber"] = mother.FamilyCardNumber,
                ["child"] = new JsonObject
                {
                    ["name"] = $"Anak {InLetters(index)}",
                    ["sex"] = index % 2 == 0 ? "female" : "male",
                    ["birthDate"] = Date(born),
                    ["birthPlace"] = "Unaaha",
                },
                ["birthLetter"] = new JsonObject
                {
                    ["number"] = string.Create(CultureInfo.InvariantCulture, $"LOAD/{index:D6}/{born.Year}"),
                    ["issuer"] = "RSUD Konawe",
                },
            },
        }.ToJsonString();
    }

    /// <summary>A name in a register has no digits.</summary>
    private static string InLetters(int number) => string.Concat(
        number.ToString("D6", CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
