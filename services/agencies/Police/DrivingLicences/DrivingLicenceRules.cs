using Mpp.Police.LossReports;

namespace Mpp.Police.DrivingLicences;

/// <summary>
/// The values that are set for driving licences, each with its days (<c>driving-licence-rules.json</c>).
/// </summary>
internal sealed record DrivingLicenceRulebook(
    IReadOnlyList<RulePeriod<IReadOnlyDictionary<LicenceClass, long>>> ReprintFeeRupiah,
    IReadOnlyList<RulePeriod<int>> PaymentDays)
{
    public static DrivingLicenceRulebook Load()
    {
        var rules = DataFile.Load<DrivingLicenceRulebook>(
            typeof(DrivingLicenceRulebook).Assembly, "driving-licence-rules.json");
        rules.ReprintFeeRupiah.Check(nameof(ReprintFeeRupiah));
        rules.PaymentDays.Check(nameof(PaymentDays));
        return rules.ReprintFeeRupiah.FirstOrDefault(
            f => f.Value.Count < Enum.GetValues<LicenceClass>().Length) is { } hole
            ? throw new InvalidOperationException(
                $"Rule {nameof(ReprintFeeRupiah)}: the period from {hole.From:yyyy-MM-dd} leaves out a class.")
            : rules;
    }
}

/// <summary>When a lost licence is replaced (Perpol 5/2021).</summary>
internal static class DrivingLicenceRules
{
    private const string LegalBasis = "Perpol 5/2021";

    public static IReadOnlyList<StepReason> Refusals(
        Nik applicant, DrivingLicence? licence, LossReport? report, DateOnly today) =>
    [
        .. report is not null && report.ReporterNik == applicant && report.DrivingLicence && report.ValidUntil >= today
            ? (StepReason[])[]
            :
        [
            new("loss-report-valid",
                new("Tidak ada SKTLK pemohon yang masih berlaku dan menyebut SIM. Buat laporan kehilangan baru.",
                    "There is no valid report of loss by the applicant that names the driving licence. "
                        + "Please make a new report."),
                "/lossReportNumber", LegalBasis),
        ],
        .. NotRegistered(licence, today) is { } none ? (StepReason[])[none] : [],
    ];

    public static StepReason? NotRegistered(DrivingLicence? licence, DateOnly today) => licence is not null
        && licence.ValidUntil >= today
        ? null
        : new("licence-registered",
            new("Pemohon tidak memiliki SIM golongan ini yang masih berlaku; "
                    + "SIM yang habis berlakunya diterbitkan baru melalui ujian.",
                "The applicant has no valid licence of this class; an expired one is issued anew after a test."),
            "/licenceClass", LegalBasis);
}
