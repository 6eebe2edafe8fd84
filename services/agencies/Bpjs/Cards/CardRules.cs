using System.Globalization;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Cards;

/// <summary>When a lost JKN card is printed once more (Perpres 82/2018).</summary>
internal static class CardRules
{
    private const string LegalBasis = "Perpres 82/2018";

    /// <summary>What the applicant cannot mend with an answer.</summary>
    public static IReadOnlyList<StepReason> Refusals(Participant? member, DateOnly? reportValidUntil, DateOnly today)
    {
        var reasons = new List<StepReason>();
        if (member is null)
        {
            reasons.Add(new("member-registered",
                new("Pemohon belum terdaftar sebagai peserta JKN.", "The applicant is not a member of JKN."), "/nik",
                LegalBasis));
        }

        if (reportValidUntil < today)
        {
            reasons.Add(new("loss-report-valid",
                new("Surat keterangan kehilangan sudah habis berlakunya. Buat laporan baru.", "The "
                    + "report of loss has expired. Please make a new one."),
                "/lossReportValidUntil", LegalBasis));
        }

        return reasons;
    }

    /// <summary>An inactive membership must be reactivated first; the file waits for this.</summary>
    public static IReadOnlyList<StepReason> Corrections(Participant? member) => member is
    {
        Status: not ParticipantStatus.Active
    }
        ?
        [
            new("membership-active",
                new("Kepesertaan JKN tidak aktif. Aktifkan kembali di BPJS Kesehatan, lalu lanjutkan permohonan ini.",
                    "The JKN membership is not active. Reactivate it with BPJS Kesehatan, "
                        + "then go on with this application."),
                "/nik", LegalBasis),
        ]
        : [];

    /// <summary>For example <c>KIS-20261122-000042</c>.</summary>
    public static string Number(DateOnly printedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"KIS-{printedOn:yyyyMMdd}-{serial:D6}");
}
