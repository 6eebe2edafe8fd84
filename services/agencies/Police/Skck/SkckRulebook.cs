namespace Mpp.Police.Skck;

/// <summary>The values that law sets for the SKCK, each with its days (<c>skck-rules.json</c>).</summary>
internal sealed record SkckRulebook(
    IReadOnlyList<RulePeriod<int>> ValidityMonths,
    IReadOnlyList<RulePeriod<int>> MinimumAge,
    IReadOnlyList<RulePeriod<long>> FeeRupiah,
    IReadOnlyList<RulePeriod<int>> PaymentDays,
    IReadOnlyList<RulePeriod<bool>> HealthInsurance,
    IReadOnlyList<RulePeriod<bool>> Domicile,
    IReadOnlyList<RulePeriod<IReadOnlyDictionary<SkckPurpose, SkckLevel>>> Levels)
{
    public static SkckRulebook Load()
    {
        var rules = DataFile.Load<SkckRulebook>(typeof(SkckRulebook).Assembly, "skck-rules.json");
        rules.ValidityMonths.Check(nameof(ValidityMonths));
        rules.MinimumAge.Check(nameof(MinimumAge));
        rules.FeeRupiah.Check(nameof(FeeRupiah));
        rules.PaymentDays.Check(nameof(PaymentDays));
        rules.HealthInsurance.Check(nameof(HealthInsurance));
        rules.Domicile.Check(nameof(Domicile));
        rules.Levels.Check(nameof(Levels));
        return rules.Levels.FirstOrDefault(l => l.Value.Count < Enum.GetValues<SkckPurpose>().Length) is { } hole
            ? throw new InvalidOperationException(
                $"Rule {nameof(Levels)}: the period from {hole.From:yyyy-MM-dd} leaves out a purpose.")
            : rules;
    }
}
