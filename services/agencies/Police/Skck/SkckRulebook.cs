namespace Mpp.Police.Skck;

/// <summary>The values that law sets for the SKCK, each with its days (<c>skck-rules.json</c>).</summary>
internal sealed record SkckRulebook(
    IReadOnlyList<RulePeriod<int>> ValidityMonths,
    IReadOnlyList<RulePeriod<int>> IdentityCardAge,
    IReadOnlyList<RulePeriod<int>> ExtensionMonths,
    IReadOnlyList<RulePeriod<long>> FeeRupiah,
    IReadOnlyList<RulePeriod<int>> PaymentDays,
    IReadOnlyList<RulePeriod<IReadOnlyList<FeeWaiverGround>>> ZeroTariff,
    IReadOnlyList<RulePeriod<bool>> HealthInsurance,
    IReadOnlyList<RulePeriod<bool>> Domicile,
    IReadOnlyList<RulePeriod<IReadOnlyDictionary<SkckPurpose, SkckLevel>>> Levels,
    IReadOnlyList<RulePeriod<SectorsIssue>> SectorsIssue)
{
    public static SkckRulebook Load()
    {
        var rules = DataFile.Load<SkckRulebook>(typeof(SkckRulebook).Assembly, "skck-rules.json");
        rules.ValidityMonths.Check(nameof(ValidityMonths));
        rules.IdentityCardAge.Check(nameof(IdentityCardAge));
        rules.ExtensionMonths.Check(nameof(ExtensionMonths));
        rules.FeeRupiah.Check(nameof(FeeRupiah));
        rules.PaymentDays.Check(nameof(PaymentDays));
        rules.ZeroTariff.Check(nameof(ZeroTariff));
        rules.HealthInsurance.Check(nameof(HealthInsurance));
        rules.Domicile.Check(nameof(Domicile));
        rules.Levels.Check(nameof(Levels));
        rules.SectorsIssue.Check(nameof(SectorsIssue));
        return rules.Levels.FirstOrDefault(l => l.Value.Count < Enum.GetValues<SkckPurpose>().Length) is { } hole
            ? throw new InvalidOperationException(
                $"Rule {nameof(Levels)}: the period from {hole.From:yyyy-MM-dd} leaves out a purpose.")
            : rules;
    }
}

/// <summary>Where the sector police issue.</summary>
/// <param name="Everywhere">In every region.</param>
/// <param name="Regions">Otherwise, only in these.</param>
internal sealed record SectorsIssue(bool Everywhere, IReadOnlyList<RegionCode> Regions);
