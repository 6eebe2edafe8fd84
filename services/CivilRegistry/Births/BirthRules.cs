using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Births;

/// <summary>What the register knows about the mother, the father and the letter.</summary>
internal sealed record BirthFacts(
    DateOnly MotherBirthDate, DateOnly? MotherDeceasedOn, string? MotherFamilyCard, RegionCode? FamilyCardRegion, bool FatherIsRegistered, bool LetterIsUsed);

/// <summary>What stands against registering a birth.</summary>
internal static class BirthRules
{
    public static IReadOnlyList<StepReason> Reasons(BirthInput input, BirthFacts? mother, DateOnly today, CivilRegistryRules rules)
    {
        var reportDays = rules.BirthReportDays.RequiredOn(today);
        return
        [
            .. Reason(mother is null || mother.MotherFamilyCard != input.FamilyCardNumber, "mother-in-family-card",
                mother is null ? "/motherNik" : "/familyCardNumber", "Perpres 96/2018 art. 33",
                "Ibu tidak tercantum dalam kartu keluarga ini.", "The mother is not in this family card."),
            .. Reason(mother is { FatherIsRegistered: false }, "marriage-proof", "/fatherNik", "Perpres 96/2018 art. 33",
                "Ayah tidak terdaftar dalam basis data kependudukan.", "The father is not in the population register."),
            .. Reason(mother is { LetterIsUsed: true }, "birth-letter-unused", "/birthLetterNumber", "Perpres 96/2018 art. 33",
                "Surat keterangan lahir ini sudah dipakai untuk akta kelahiran lain.", "Another birth certificate rests on this birth letter."),
            .. Reason(!IsPlausible(input.BirthDate, mother, today, rules), "birth-date-plausible", "/birthDate", "UU 24/2013 art. 27",
                "Tanggal lahir di masa depan atau tidak masuk akal terhadap umur ibu.", "The birth date is in the future or not plausible for the mother's age."),
            .. Reason(today.DayNumber - input.BirthDate.DayNumber > reportDays.Value && input.LateReportApproval is null, "reported-in-time", "/lateReportApproval", reportDays.LegalBasis,
                $"Kelahiran dilaporkan lebih dari {reportDays.Value} hari sesudahnya; diperlukan persetujuan kepala dinas.",
                $"The birth is reported more than {reportDays.Value} days later; it needs the approval of the head of the office."),
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

    private static IEnumerable<StepReason> Reason(bool applies, string requirement, string pointer, string legalBasis, string id, string en) =>
        applies ? [new StepReason(requirement, new LocalizedText(id, en), pointer, legalBasis)] : [];
}
