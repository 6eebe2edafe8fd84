namespace Mpp.CivilRegistry.Rules;

/// <summary>The limits that laws set, each with the days in which it holds; from civil-registry-rules.json.</summary>
internal sealed record CivilRegistryRules(
    IReadOnlyList<RulePeriod<int>> BirthReportDays,
    IReadOnlyList<RulePeriod<ParentAge>> MotherAge,
    IReadOnlyList<RulePeriod<ParentAge>> FatherAge,
    IReadOnlyList<RulePeriod<int>> ConceivedWithinDays,
    IReadOnlyList<RulePeriod<BirthSpacing>> BirthSpacing,
    IReadOnlyList<RulePeriod<NameRule>> ChildName,
    IReadOnlyList<RulePeriod<ChildCardAges>> ChildCardAges,
    IReadOnlyList<RulePeriod<int>> IdentityCardAge)
{
    public static CivilRegistryRules Load()
    {
        var rules = DataFile.Load<CivilRegistryRules>(typeof(CivilRegistryRules).Assembly, "civil-registry-rules.json");
        rules.BirthReportDays.Check("birthReportDays");
        rules.MotherAge.Check("motherAge");
        rules.FatherAge.Check("fatherAge");
        rules.ConceivedWithinDays.Check("conceivedWithinDays");
        rules.BirthSpacing.Check("birthSpacing");
        rules.ChildName.Check("childName");
        rules.ChildCardAges.Check("childCardAges");
        rules.IdentityCardAge.Check("identityCardAge");
        return rules;
    }
}

/// <summary>Full years, both included.</summary>
internal sealed record ParentAge(int Youngest, int Oldest);

/// <summary>When two children of one mother look odd.</summary>
/// <param name="OneBirthDays">Children at most so many days apart are of one birth.</param>
/// <param name="Months">Two births are at least so many months apart.</param>
internal sealed record BirthSpacing(int OneBirthDays, int Months);

/// <summary>What a name in the register may be.</summary>
/// <param name="Letters">At most, with the spaces.</param>
/// <param name="Titles">Words that are titles.</param>
/// <param name="WordsOfOneLetter">Words of one letter that are no abbreviation.</param>
internal sealed record NameRule(int Letters, IReadOnlyList<string> Titles, IReadOnlyList<string> WordsOfOneLetter);

/// <summary>Full years.</summary>
internal sealed record ChildCardAges(int PhotoFrom, int EndsAt);
