using System.Globalization;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Newborns;

/// <summary>The values that law sets for newborns, each with its days (<c>newborn-rules.json</c>).</summary>
internal sealed record NewbornRulebook(
    IReadOnlyList<RulePeriod<int>> PremiumDueDays,
    IReadOnlyList<RulePeriod<int>> WithoutNikMonths,
    IReadOnlyList<RulePeriod<IReadOnlyDictionary<Segment, int>>> ActiveAtOnce)
{
    public static NewbornRulebook Load()
    {
        var rules = DataFile.Load<NewbornRulebook>(typeof(NewbornRulebook).Assembly, "newborn-rules.json");
        rules.PremiumDueDays.Check(nameof(PremiumDueDays));
        rules.WithoutNikMonths.Check(nameof(WithoutNikMonths));
        rules.ActiveAtOnce.Check(nameof(ActiveAtOnce));
        return rules;
    }
}

/// <summary>
/// The mother's membership, as far as the newborn's depends on it; <see langword="null"/> when she is no member.
/// </summary>
internal sealed record MotherMembership(ParticipantStatus Status, Segment Segment);

/// <summary>The law of newborns in JKN (Perpres 82/2018 art. 16) as functions.</summary>
internal static class NewbornRules
{
    public static StepReason NoMember => new("mother-jkn-active",
        new("Ibu belum terdaftar sebagai peserta JKN.", "The mother is not a member of JKN."),
        "/motherNik", "Perpres 82/2018 art. 16");

    public static StepReason OtherNik => new("no-other-nik",
        new("Bayi ini sudah menjadi peserta dengan NIK lain. Hubungi kantor BPJS Kesehatan.", "This "
            + "baby is a member under another NIK already. Please contact the BPJS Kesehatan office."),
        "/childNik", "Perpres 82/2018 art. 16");

    /// <summary>What the applicant cannot mend within this application.</summary>
    public static IReadOnlyList<StepReason> Refusals(
        DateOnly birthDate, MotherMembership? mother, bool alreadyEnrolled, DateOnly today, NewbornRulebook rules)
    {
        var reasons = new List<StepReason>();
        var limit = rules.WithoutNikMonths.RequiredOn(today);

        if (mother is null)
        {
            reasons.Add(NoMember);
        }

        if (birthDate > today)
        {
            reasons.Add(new("newborn-is-born", new("Tanggal lahir bayi belum tiba.", "The "
                + "baby's date of birth lies in the future."), "/birthDate", limit.LegalBasis));
        }

        if (alreadyEnrolled)
        {
            reasons.Add(new("newborn-not-enrolled", new("Bayi ini sudah didaftarkan sebagai peserta JKN.", "This "
                + "baby is already enrolled in JKN."), "/birthLetterNumber", limit.LegalBasis));
        }

        return reasons;
    }

    /// <summary>An inactive membership must be reactivated at BPJS, and the file waits for this.</summary>
    public static IReadOnlyList<StepReason> Corrections(
        MotherMembership? mother, DateOnly today, NewbornRulebook rules) =>
        mother is { Status: not ParticipantStatus.Active }
            ?
            [
                new("mother-jkn-active",
                    new("Kepesertaan JKN ibu tidak aktif. Aktifkan kembali di BPJS Kesehatan, "
                            + "lalu lanjutkan permohonan ini.",
                        "The mother's JKN membership is not active. Reactivate it with BPJS Kesehatan, "
                            + "then go on with this application."),
                    "/motherNik", rules.WithoutNikMonths.RequiredOn(today).LegalBasis),
            ]
            : [];

    /// <summary>Whether the baby is too old to be enrolled without its NIK.</summary>
    public static bool NeedsNik(DateOnly birthDate, DateOnly today, NewbornRulebook rules) =>
        NikDueOn(birthDate, today, rules) < today;

    /// <summary>
    /// Cover begins at once where somebody else than the member pays: the state, or employer and worker for as many
    /// children as their premium covers. For all others it begins with the first premium.
    /// </summary>
    /// <param name="mother">Who pays for the mother.</param>
    /// <param name="birthOrder">Which child of hers it is, from 1.</param>
    /// <param name="today">The day in the region.</param>
    /// <param name="rules">What holds on which day.</param>
    public static EnrolmentStatus StatusFor(Segment mother, int birthOrder, DateOnly today, NewbornRulebook rules) =>
        rules.ActiveAtOnce.RequiredOn(today).Value.TryGetValue(mother, out var children) && birthOrder <= children
            ? EnrolmentStatus.Active
            : EnrolmentStatus.AwaitingPremium;

    /// <summary>
    /// The last day to pay the first premium. It lies in the past when the enrolment is late: then the premium is owed
    /// since birth.
    /// </summary>
    public static DateOnly PremiumDueOn(DateOnly birthDate, DateOnly today, NewbornRulebook rules) =>
        birthDate.AddDays(rules.PremiumDueDays.RequiredOn(today).Value);

    /// <summary>The last day to report the baby's NIK.</summary>
    public static DateOnly NikDueOn(DateOnly birthDate, DateOnly today, NewbornRulebook rules) =>
        birthDate.AddMonths(rules.WithoutNikMonths.RequiredOn(today).Value);

    /// <summary>
    /// Thirteen digits. Numbers that are given out here start with 0003, those of the older registers with 0001.
    /// </summary>
    public static string MembershipNumber(long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"0003{serial:D9}");
}
