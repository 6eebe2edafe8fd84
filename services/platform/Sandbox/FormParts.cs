using System.Globalization;
using System.Text.Json.Nodes;

namespace Mpp.Sandbox;

/// <summary>The parts of the packages' forms that say who somebody is, as the registers have it.</summary>
public static class FormParts
{
    /// <summary><c>applicant</c> of the packages that a person files with a family card.</summary>
    /// <param name="person">Who.</param>
    public static JsonObject Applicant(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new() { ["applicant"] = Named(person, withFamilyCard: true) };
    }

    /// <summary><c>owner</c> of the package <c>start-business</c>.</summary>
    /// <param name="person">Who.</param>
    public static JsonObject Owner(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new() { ["owner"] = Named(person) };
    }

    /// <summary><c>mother</c>, <c>father</c> and <c>familyCardNumber</c> of the package <c>birth</c>.</summary>
    /// <param name="couple">Who.</param>
    public static JsonObject Parents(Couple couple)
    {
        ArgumentNullException.ThrowIfNull(couple);
        return new()
        {
            ["mother"] = Named(couple.Mother),
            ["father"] = Named(couple.Father),
            ["familyCardNumber"] = couple.Mother.FamilyCardNumber
        };
    }

    /// <summary><c>applicant</c> and <c>practice</c> of the package <c>health-worker-licence</c>.</summary>
    /// <param name="worker">Who.</param>
    public static JsonObject Practitioner(HealthWorker worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return new()
        {
            ["applicant"] = Named(worker.Person, withFamilyCard: true),
            ["practice"] = new JsonObject
            {
                ["profession"] = worker.Profession.ToString().ToLowerInvariant(),
                ["strNumber"] = worker.StrNumber
            },
        };
    }

    private static JsonObject Named(Person person, bool withFamilyCard = false)
    {
        var named = new JsonObject
        {
            ["nik"] = person.Nik.Value,
            ["name"] = person.Name,
            ["birthDate"] = person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (withFamilyCard)
        {
            named["familyCardNumber"] = person.FamilyCardNumber;
        }

        return named;
    }
}
