using System.Globalization;

namespace Mpp.Licensing.Practices;

/// <summary>
/// The values that law sets for practice licences, each with its days (<c>practice-licence-rules.json</c>).
/// </summary>
internal sealed record PracticeLicenceRulebook(
    IReadOnlyList<RulePeriod<int>> MaximumPlaces, IReadOnlyList<RulePeriod<int>> ValidityYears)
{
    public static PracticeLicenceRulebook Load()
    {
        var rules = DataFile.Load<PracticeLicenceRulebook>(
            typeof(PracticeLicenceRulebook).Assembly, "practice-licence-rules.json");
        rules.MaximumPlaces.Check(nameof(MaximumPlaces));
        rules.ValidityYears.Check(nameof(ValidityYears));
        return rules;
    }
}

/// <summary>A licence of the holder that stands today.</summary>
internal sealed record StandingLicence(string Number, int Place, string FacilityKey);

/// <summary>Who gets a practice licence (Permenkes 13/2025 arts. 149 and 150, UU 17/2023 art. 264).</summary>
internal static class PracticeLicenceRules
{
    /// <summary>Why it is refused; the applicant cannot mend any of this with an answer.</summary>
    /// <param name="inForce">The holder's licences.</param>
    /// <param name="facilityKey">The place applied for; <see langword="null"/> when it is not known yet.</param>
    /// <param name="renewal">
    /// The licence for this place is to be renewed: it gives its place to the new one, so it does not count.
    /// </param>
    /// <param name="recommendationUsed">Whether another licence rests on the recommendation.</param>
    /// <param name="today">The day in the region.</param>
    /// <param name="rules">What holds on which day.</param>
    public static IReadOnlyList<StepReason> Refusals(
        IReadOnlyCollection<StandingLicence> inForce, string? facilityKey, bool renewal, bool recommendationUsed,
        DateOnly today, PracticeLicenceRulebook rules)
    {
        var reasons = new List<StepReason>();
        var most = rules.MaximumPlaces.RequiredOn(today);
        if (inForce.Count(l => !renewal || l.FacilityKey != facilityKey) >= most.Value)
        {
            reasons.Add(new("three-places",
                new($"Pemohon sudah memiliki SIP di {most.Value} tempat praktik. Cabut salah satu lebih dahulu.",
                    $"The applicant has licences for {most.Value} places of practice already. "
                        + "Have one of them revoked first."),
                "/nik", most.LegalBasis));
        }

        if (!renewal && inForce.Any(l => l.FacilityKey == facilityKey))
        {
            reasons.Add(new("one-licence-one-place",
                new("Pemohon sudah memiliki SIP yang berlaku di tempat praktik ini.", "The applicant has a "
                    + "valid licence for this place of practice already."),
                "/facilityName", "Permenkes 13/2025 art. 149(3)"));
        }

        if (recommendationUsed)
        {
            reasons.Add(new("recommendation-unused",
                new("Rekomendasi ini sudah dipakai untuk SIP lain.", "Another licence rests on this recommendation."),
                "/recommendationNumber", "Permenkes 13/2025"));
        }

        return reasons;
    }

    /// <summary>
    /// A renewal needs a licence for the same place. If there is none, the applicant corrects whether it is a renewal.
    /// </summary>
    public static StepReason? NothingToRenew(
        IReadOnlyCollection<StandingLicence> inForce, string? facilityKey, bool renewal) =>
        !renewal || facilityKey is null || inForce.Any(l => l.FacilityKey == facilityKey)
            ? null
            : new("licence-to-renew",
                new("Pemohon tidak memiliki SIP yang berlaku di tempat praktik ini. Ajukan sebagai SIP baru.",
                    "The applicant has no valid licence for this place of practice. Apply for it as a new one."),
                "/renewal", "UU 17/2023 art. 264");

    /// <summary>The lowest of the holder's places that is free.</summary>
    public static int FreePlace(IReadOnlyCollection<StandingLicence> inForce) =>
        Enumerable.Range(1, inForce.Count + 1).First(place => inForce.All(l => l.Place != place));

    /// <summary>A place as it is compared.</summary>
    public static string FacilityKey(string name, string address) => $"{TextKey.Of(name)}/{TextKey.Of(address)}";

    /// <summary>For example <c>503/SIP/0042/DPMPTSP/2026</c>.</summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"503/SIP/{serial:D4}/DPMPTSP/{issuedOn.Year}");
}
