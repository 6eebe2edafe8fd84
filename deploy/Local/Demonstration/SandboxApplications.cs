using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mpp.Sandbox;

namespace Mpp.Local;

/// <summary>Applications of sandbox people that succeed: what an integrator's program would send.</summary>
public static class SandboxApplications
{
    /// <summary>A child born to a couple a week ago; the child's name and the birth letter's number are new each time.</summary>
    /// <param name="couple">One of <see cref="Population.Couples"/>.</param>
    /// <param name="today">Today.</param>
    public static JsonObject Birth(Couple couple, DateOnly today) => Application("birth", new JsonObject
    {
        ["mother"] = Named(couple.Mother),
        ["father"] = Named(couple.Father),
        ["familyCardNumber"] = couple.Mother.FamilyCardNumber,
        ["child"] = new JsonObject
        {
            ["name"] = $"Cahaya {RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 7)}",
            ["sex"] = RandomNumberGenerator.GetInt32(2) == 0 ? "female" : "male",
            ["birthDate"] = Text(today.AddDays(-7)),
            ["birthPlace"] = "Unaaha",
        },
        ["birthLetter"] = new JsonObject { ["number"] = $"SKL-{RandomNumberGenerator.GetString("0123456789ABCDEF", 12)}", ["issuer"] = "RSUD Konawe" },
    });

    /// <summary>A police record certificate for a private employer.</summary>
    /// <param name="person">One of <see cref="Population.JobSeekers"/>.</param>
    public static JsonObject JobSeeker(Person person) => Application("job-seeker", new JsonObject
    {
        ["applicant"] = Named(person, withFamilyCard: true),
        ["purpose"] = "private-employment",
    });

    /// <summary>A restaurant (KBLI 56101) with three workers; its name is new each time.</summary>
    /// <param name="owner">One of <see cref="Population.Owners"/>.</param>
    public static JsonObject StartBusiness(Person owner) => Application("start-business", new JsonObject
    {
        ["owner"] = Named(owner),
        ["business"] = new JsonObject
        {
            ["name"] = $"Rumah Makan Konawe {RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6)}",
            ["kbli"] = "56101",
            ["workers"] = 3,
        },
        ["declaration"] = true,
    });

    private static JsonObject Application(string package, JsonObject input) => new()
    {
        ["package"] = package,
        ["region"] = "74.02",
        ["channel"] = "electronic",
        ["input"] = input,
    };

    private static JsonObject Named(Person person, bool withFamilyCard = false)
    {
        var named = new JsonObject { ["nik"] = person.Nik.Value, ["name"] = person.Name, ["birthDate"] = Text(person.BirthDate) };
        if (withFamilyCard)
        {
            named["familyCardNumber"] = person.FamilyCardNumber;
        }
        return named;
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
