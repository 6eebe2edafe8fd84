using System.Globalization;
using Mpp.Health.Registrations;

namespace Mpp.Health.Recommendations;

/// <summary>
/// The values that law and the region set for practices, each with its days (<c>practice-rules.json</c>).
/// </summary>
internal sealed record PracticeRulebook(
    IReadOnlyList<RulePeriod<IReadOnlyDictionary<string, IReadOnlyDictionary<Profession, int>>>> Quota,
    IReadOnlyList<RulePeriod<int>> ValidityMonths)
{
    public static PracticeRulebook Load()
    {
        var rules = DataFile.Load<PracticeRulebook>(typeof(PracticeRulebook).Assembly, "practice-rules.json");
        rules.Quota.Check(nameof(Quota));
        rules.ValidityMonths.Check(nameof(ValidityMonths));
        foreach (var (region, quota) in rules.Quota.SelectMany(q => q.Value))
        {
            if (!RegionCode.Parse(region).IsKnown || quota.Count < Enum.GetValues<Profession>().Length)
            {
                throw new InvalidOperationException(
                    $"Rule {nameof(Quota)}: {region} is no region, or leaves out a profession.");
            }
        }

        return rules;
    }
}

/// <summary>Which practices the health office recommends (UU 17/2023 art. 263, Permenkes 13/2025).</summary>
internal static class RecommendationRules
{
    /// <summary>What the applicant cannot mend with an answer.</summary>
    /// <param name="registration">The applicant's registration with the number given.</param>
    /// <param name="region">Where the practice is.</param>
    /// <param name="profession">The profession applied for.</param>
    /// <param name="inForce">Practices in the region that count against the quota.</param>
    /// <param name="today">The day in the region.</param>
    /// <param name="rules">What holds on which day.</param>
    public static IReadOnlyList<StepReason> Refusals(
        Registration? registration, RegionCode region, Profession profession, int inForce, DateOnly today,
        PracticeRulebook rules)
    {
        List<StepReason> reasons = [];
        if (registration is null
            || registration.Profession != profession || !RegistrationRules.IsValid(registration, today))
        {
            reasons.Add(new("str-valid",
                new("STR tidak berlaku untuk profesi yang dimohonkan.", "The registration (STR) is "
                    + "not valid for the profession applied for."),
                "/profession", "UU 17/2023 art. 263"));
        }

        if (QuotaFull(region, profession, inForce, today, rules) is { } full)
        {
            reasons.Add(full);
        }

        return reasons;
    }

    /// <summary>A region that has set no quota has no limit.</summary>
    public static StepReason? QuotaFull(
        RegionCode region, Profession profession, int inForce, DateOnly today, PracticeRulebook rules)
    {
        var quota = rules.Quota.RequiredOn(today);
        return !quota.Value.TryGetValue(region.Value, out var places) || inForce < places[profession]
            ? null
            : new("practice-quota",
                new("Kuota profesi ini di wilayah ini sudah penuh.", "The region's quota "
                    + "for this profession is used up."), "/profession", quota.LegalBasis);
    }

    /// <summary>A letter can be handed in later.</summary>
    public static IReadOnlyList<StepReason> Corrections(string? facilityLetter) => string.IsNullOrWhiteSpace(
        facilityLetter)
        ?
        [
            new("facility-letter",
                new("Surat keterangan tempat praktik belum ada. Mintalah kepada fasilitas, lalu isikan nomornya.",
                    "The letter of the place of practice is missing. Ask the facility for it, and give its number."),
                "/facilityLetterNumber", "Permenkes 13/2025 art. 150(1)"),
        ]
        : [];

    /// <summary>For example <c>440/0042/REK/2026</c>.</summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"440/{serial:D4}/REK/{issuedOn.Year}");
}
