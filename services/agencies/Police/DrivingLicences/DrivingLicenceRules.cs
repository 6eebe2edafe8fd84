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

    /// <summary>What the applicant cannot mend with an answer.</summary>
    /// <param name="applicant">Who asks.</param>
    /// <param name="classes">The classes of the lost licences.</param>
    /// <param name="licences">The applicant's licences of these classes.</param>
    /// <param name="report">The report of loss.</param>
    /// <param name="today">The day in the region.</param>
    public static IReadOnlyList<StepReason> Refusals(
        Nik applicant, IReadOnlyCollection<LicenceClass> classes, IReadOnlyCollection<DrivingLicence> licences,
        LossReport? report, DateOnly today) =>
    [
        .. IsValid(report, applicant, today)
            ? (StepReason[])[]
            :
        [
            new("loss-report-valid",
                new("Tidak ada SKTLK pemohon yang masih berlaku dan menyebut SIM. Buat laporan kehilangan baru.",
                    "There is no valid report of loss by the applicant that names the driving licence. "
                        + "Please make a new report."),
                "/lossReportNumber", LegalBasis),
        ],
        .. NotRegistered(classes, licences, today),
    ];

    private static bool IsValid(LossReport? report, Nik applicant, DateOnly today) =>
        report is { DrivingLicence: true } && report.ReporterNik == applicant && report.ValidUntil >= today;

    public static IEnumerable<StepReason> NotRegistered(
        IEnumerable<LicenceClass> classes, IReadOnlyCollection<DrivingLicence> licences, DateOnly today) =>
        from kind in classes
        where !licences.Any(l => l.Class == kind && l.ValidUntil >= today)
        select new StepReason("licence-registered",
            new($"Pemohon tidak memiliki SIM {kind} yang masih berlaku; "
                    + "SIM yang habis berlakunya diterbitkan baru melalui ujian.",
                $"The applicant has no valid licence of class {kind}; an expired one is issued anew after a test."),
            "/licenceClasses", LegalBasis);

    /// <summary>The class is not guessed: the holder says which of several licences is lost.</summary>
    public static StepReason NoClass { get; } = new("licence-class",
        new("Sebutkan golongan SIM yang hilang.", "Please say of which class the lost licence is."),
        "/licenceClasses", LegalBasis);
}
