using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Births;

/// <summary>What the register knows about the mother, the father and the letter.</summary>
internal sealed record BirthFacts(
    DateOnly MotherBirthDate, DateOnly? MotherDeceasedOn, string? MotherFamilyCard, RegionCode? FamilyCardRegion,
    bool FatherIsRegistered, bool LetterIsUsed);

/// <summary>
/// What stands against registering a birth. A late report only waits for its approval; the rest no applicant can mend.
/// </summary>
internal static class BirthRules
{
    public static IReadOnlyList<StepReason> Refusals(
        BirthInput input, BirthFacts? mother, DateOnly today, CivilRegistryRules rules)
    {
        return
        [
            .. Reason(mother is null || mother.MotherFamilyCard != input.FamilyCardNumber, "mother-in-family-card",
                mother is null ? "/motherNik" : "/familyCardNumber", "Perpres 96/2018 art. 33",
                "Ibu tidak tercantum dalam kartu keluarga ini.", "The mother is not in this family card."),
            .. Reason(
                mother is { FatherIsRegistered: false }, "marriage-proof", "/fatherNik", "Perpres 96/2018 art. 33",
                "Ayah tidak terdaftar dalam basis data kependudukan.", "The father is not in the population register."),
            .. Reason(mother is { LetterIsUsed: true },
                "birth-letter-unused", "/birthLetterNumber", "Perpres 96/2018 art. 33",
                "Surat keterangan lahir ini sudah dipakai untuk akta kelahiran lain.",
                "Another birth certificate rests on this birth letter."),
            .. Reason(!IsPlausible(input.BirthDate, mother, today, rules),
                "birth-date-plausible", "/birthDate", "UU 24/2013 art. 27",
                "Tanggal lahir di masa depan atau tidak masuk akal terhadap umur ibu.",
                "The birth date is in the future or not plausible for the mother's age."),
        ];
    }

    /// <summary>What the applicant can mend.</summary>
    public static IReadOnlyList<StepReason> Corrections(
        DateOnly birthDate, string? approval, DateOnly today, CivilRegistryRules rules)
    {
        var days = rules.BirthReportDays.RequiredOn(today);
        return
        [
            .. Reason(today.DayNumber - birthDate.DayNumber > days.Value && approval is null,
                "reported-in-time", "/lateReportApproval", days.LegalBasis, "Kelahiran dilaporkan lebih dari "
                    + $"{days.Value} hari sesudahnya. Mintalah persetujuan kepala dinas, lalu isikan nomornya.",
                $"The birth is reported more than {days.Value} days later. Ask the head of the office for approval, "
                    + "and give its number."),
        ];
    }

    private static bool IsPlausible(DateOnly birthDate, BirthFacts? mother, DateOnly today, CivilRegistryRules rules)
    {
        if (birthDate > today)
        {
            return false;
        }

        if (mother is null)
        {
            return true;
        }

        var limits = rules.MotherAge.RequiredOn(today).Value;
        var age = Age.On(mother.MotherBirthDate, birthDate);
        return age >= limits.Youngest && age <= limits.Oldest && !(mother.MotherDeceasedOn < birthDate);
    }

    private static IEnumerable<StepReason> Reason(
        bool applies, string requirement, string pointer, string legalBasis, string id, string en) =>
        applies ? [new StepReason(requirement, new LocalizedText(id, en), pointer, legalBasis)] : [];
}
