using System.Globalization;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.BusinessNumbers;

/// <summary>Who gets an NIB (PP 28/2025, PP 86/2013), and what it looks like.</summary>
internal static class NibRules
{
    private const string LegalBasis = "PP 28/2025";

    public static IReadOnlyList<StepReason> Refusals(
        LineOfBusiness? line, IReadOnlyCollection<BlockGround> blocks, bool nameInUse)
    {
        var reasons = new List<StepReason>();
        if (line is null)
        {
            reasons.Add(new("kbli-known",
                new("Kode KBLI tidak dikenal. Pilih kode lima digit KBLI 2020 yang sesuai kegiatan usaha.", "The KBLI "
                    + "code is not known. Choose the five-digit code of KBLI 2020 that fits the business."),
                "/kbli", LegalBasis));
        }

        if (blocks.Contains(BlockGround.BpjsSanction))
        {
            reasons.Add(new("owner-not-blocked",
                new("Pelayanan perizinan bagi pemilik ditahan atas permintaan BPJS (TMP2T). "
                        + "Selesaikan kewajiban di kantor BPJS.",
                    "Licences for the owner are withheld at the request of BPJS (TMP2T). "
                        + "Pay what is owed at the BPJS office."),
                "/ownerNik", "PP 86/2013"));
        }

        if (blocks.Contains(BlockGround.Abuse))
        {
            reasons.Add(new("owner-not-blocked",
                new("Hak akses pemilik diblokir karena penyalahgunaan. Hubungi DPMPTSP.", "The owner's "
                    + "access is blocked for abuse. Please contact the licensing office (DPMPTSP)."),
                "/ownerNik", LegalBasis));
        }

        if (nameInUse)
        {
            reasons.Add(new("business-name-unused",
                new("Pemilik sudah memiliki NIB untuk usaha dengan nama ini.", "The owner has an NIB for a "
                    + "business of this name already."),
                "/businessName", LegalBasis));
        }

        return reasons;
    }

    /// <summary>
    /// Day, month and year of issue and a serial number of seven digits. A day has room for ten million.
    /// </summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{issuedOn:ddMMyy}{serial % 10_000_000:D7}");
}
