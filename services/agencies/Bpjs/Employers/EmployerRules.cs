using System.Globalization;

namespace Mpp.Bpjs.Employers;

/// <summary>
/// Who may register as an employer (UU 24/2011 art. 15). A sanction (TMP2T) does not prevent it: the sanction withholds
/// the services of others from somebody who has not registered (PP 86/2013 art. 9(2)), and its end begins with
/// registering.
/// </summary>
internal static class EmployerRules
{
    public static IReadOnlyList<StepReason> Refusals(int workers, bool nibOfAnother)
    {
        var reasons = new List<StepReason>();
        if (workers < 1)
        {
            reasons.Add(new("has-workers",
                new("Pemberi kerja mendaftar bila mempekerjakan sekurang-kurangnya satu orang pekerja.", "An employer "
                    + "registers when it employs at least one worker."),
                "/workers", "UU 24/2011 art. 15"));
        }

        if (nibOfAnother)
        {
            reasons.Add(new("nib-not-registered",
                new("NIB ini terdaftar dengan nomor pendaftaran perusahaan (NPP) milik orang lain.", "This NIB has "
                    + "the employer number (NPP) of somebody else."),
                "/nib", "UU 24/2011 art. 15"));
        }

        return reasons;
    }

    /// <summary>Year of registration and a serial number; nine digits and more once a million is passed.</summary>
    public static string NppNumber(DateOnly registeredOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{registeredOn:yy}{serial:D6}");
}
