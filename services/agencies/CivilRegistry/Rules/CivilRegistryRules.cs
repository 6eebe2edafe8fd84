namespace Mpp.CivilRegistry.Rules;

/// <summary>The limits that laws set, each with the days in which it holds; from civil-registry-rules.json.</summary>
internal sealed record CivilRegistryRules(
    IReadOnlyList<RulePeriod<int>> BirthReportDays,
    IReadOnlyList<RulePeriod<MotherAge>> MotherAge,
    IReadOnlyList<RulePeriod<ChildCardAges>> ChildCardAges,
    IReadOnlyList<RulePeriod<int>> IdentityCardAge)
{
    public static CivilRegistryRules Load()
    {
        var rules = DataFile.Load<CivilRegistryRules>(typeof(CivilRegistryRules).Assembly, "civil-registry-rules.json");
        rules.BirthReportDays.Check("birthReportDays");
        rules.MotherAge.Check("motherAge");
        rules.ChildCardAges.Check("childCardAges");
        rules.IdentityCardAge.Check("identityCardAge");
        return rules;
    }
}

/// <summary>Full years, both included.</summary>
internal sealed record MotherAge(int Youngest, int Oldest);

/// <summary>Full years.</summary>
internal sealed record ChildCardAges(int PhotoFrom, int EndsAt);
