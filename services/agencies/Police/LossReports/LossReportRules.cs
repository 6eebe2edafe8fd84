using System.Globalization;

namespace Mpp.Police.LossReports;

/// <summary>The values that are set for reports of loss, each with its days (<c>loss-report-rules.json</c>).</summary>
internal sealed record LossReportRulebook(IReadOnlyList<RulePeriod<int>> ValidityDays)
{
    public static LossReportRulebook Load()
    {
        var rules = DataFile.Load<LossReportRulebook>(typeof(LossReportRulebook).Assembly, "loss-report-rules.json");
        rules.ValidityDays.Check(nameof(ValidityDays));
        return rules;
    }
}

/// <summary>What a report of loss must say. The reporter can mend whatever is wrong with it.</summary>
internal static class LossReportRules
{
    private const string LegalBasis = "Perkap 7/2018";

    public static IReadOnlyList<StepReason> Corrections(LostThings? lost, DateOnly? lostOn, DateOnly today)
    {
        var reasons = new List<StepReason>();
        if (lost is { IdentityCard: false, MembershipCard: false, DrivingLicence: false }
            && string.IsNullOrWhiteSpace(lost.Others))
        {
            reasons.Add(new("something-lost",
                new("Sebutkan apa yang hilang.", "Please say what was lost."), "/lost", LegalBasis));
        }

        if (lostOn > today)
        {
            reasons.Add(new("loss-date",
                new("Tanggal kehilangan belum tiba.", "The day of the loss lies in the future."),
                "/lostOn", LegalBasis));
        }

        return reasons;
    }

    /// <summary>For example <c>SKTLK/000042/11/2026/SPKT</c>.</summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"SKTLK/{serial:D6}/{issuedOn.Month:D2}/{issuedOn.Year}/SPKT");
}
