using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.IdentityCards;

/// <summary>What the register knows about the holder.</summary>
internal sealed record CardHolder(DateOnly BirthDate, MaritalStatus MaritalStatus, DateOnly? DeceasedOn);

/// <summary>
/// When a lost identity card is printed once more (Perpres 96/2018 art. 17). It always needs the police's report.
/// </summary>
internal static class IdentityCardRules
{
    public static IReadOnlyList<StepReason> Refusals(
        CardHolder? holder, DateOnly? reportValidUntil, bool reportUsed, DateOnly today, CivilRegistryRules rules)
    {
        var reasons = new List<StepReason>();
        var age = rules.IdentityCardAge.RequiredOn(today);
        if (holder is not { DeceasedOn: null }
            || (Age.On(holder.BirthDate, today) < age.Value && holder.MaritalStatus == MaritalStatus.Single))
        {
            reasons.Add(new("card-holder",
                new($"KTP-el hanya untuk penduduk yang hidup, berusia {age.Value} tahun atau sudah kawin.",
                    $"An identity card is only for living residents who are {age.Value} years old or have married."),
                "/nik", age.LegalBasis));
        }

        if (reportValidUntil < today)
        {
            reasons.Add(new("loss-report-valid",
                new("Surat keterangan kehilangan sudah habis berlakunya. Buat laporan baru.", "The "
                    + "report of loss has expired. Please make a new one."),
                "/lossReportValidUntil", "Perpres 96/2018 art. 17"));
        }

        if (reportUsed)
        {
            reasons.Add(new("loss-report-unused",
                new("Surat keterangan kehilangan ini sudah dipakai untuk cetak ulang lain.", "Another "
                    + "reprint rests on this report of loss."),
                "/lossReportNumber", "Perpres 96/2018 art. 17"));
        }

        return reasons;
    }
}
