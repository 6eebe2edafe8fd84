using System.Globalization;

namespace Mpp.Bpjs.Employers;

/// <summary>Who may register as an employer (UU 24/2011 art. 15 and 17, PP 86/2013).</summary>
internal static class EmployerRules
{
    public static IReadOnlyList<StepReason> Refusals(int workers, bool nibRegistered, bool sanctioned)
    {
        var reasons = new List<StepReason>();
        if (workers < 1)
        {
            reasons.Add(new("has-workers",
                new("Pemberi kerja mendaftar bila mempekerjakan sekurang-kurangnya satu orang pekerja.", "An employer "
                    + "registers when it employs at least one worker."),
                "/workers", "UU 24/2011 art. 15"));
        }

        if (nibRegistered)
        {
            reasons.Add(new("nib-not-registered",
                new("NIB ini sudah memiliki nomor pendaftaran perusahaan (NPP).", "This NIB has an "
                    + "employer number (NPP) already."),
                "/nib", "UU 24/2011 art. 15"));
        }

        if (sanctioned)
        {
            reasons.Add(new("no-sanction",
                new("Pemilik dikenai sanksi tidak mendapat pelayanan publik tertentu (TMP2T). "
                        + "Selesaikan tunggakan di kantor BPJS Ketenagakerjaan.",
                    "The owner is under the sanction of withheld public services (TMP2T). "
                        + "Pay what is owed at the BPJS Ketenagakerjaan office."),
                "/ownerNik", "PP 86/2013"));
        }

        return reasons;
    }

    /// <summary>Year of registration and a serial number; nine digits and more once a million is passed.</summary>
    public static string NppNumber(DateOnly registeredOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{registeredOn:yy}{serial:D6}");
}
