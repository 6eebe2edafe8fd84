using System.Globalization;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.BusinessNumbers;

/// <summary>The values that law sets for the NIB, each with its days (<c>nib-rules.json</c>).</summary>
internal sealed record NibRulebook(IReadOnlyList<RulePeriod<OwnerAge>> OwnerAge)
{
    public static NibRulebook Load()
    {
        var rules = DataFile.Load<NibRulebook>(typeof(NibRulebook).Assembly, "nib-rules.json");
        rules.OwnerAge.Check(nameof(OwnerAge));
        return rules;
    }
}

/// <summary>Full years of an owner.</summary>
/// <param name="Youngest">Nobody younger gets an NIB.</param>
/// <param name="Adult">From this age nobody checks; between the two ages an officer does.</param>
internal sealed record OwnerAge(int Youngest, int Adult);

/// <summary>What is known when an NIB is asked for.</summary>
/// <param name="KbliMayExist">Whether there may be a line of business of the code.</param>
/// <param name="Line">The line of business, where it is known here.</param>
/// <param name="Blocks">What the owner is blocked for.</param>
/// <param name="Registered">Whether the owner has this line of business under this name already.</param>
/// <param name="OwnerBorn">The owner's birth date.</param>
/// <param name="Today">The day in the region.</param>
internal sealed record NibCase(
    bool KbliMayExist, LineOfBusiness? Line, IReadOnlyCollection<BlockGround> Blocks, bool Registered,
    DateOnly? OwnerBorn, DateOnly Today);

/// <summary>Who gets an NIB (PP 28/2025, BKPM 4/2021, PP 86/2013), and what it looks like.</summary>
internal static class NibRules
{
    private const string LegalBasis = "PP 28/2025";

    /// <summary>
    /// What an officer decides: the risk of a line of business that is not in the part of KBLI that is known here, and
    /// the legal capacity of an owner who is hardly grown up.
    /// </summary>
    public static bool NeedsOfficer(NibCase file, NibRulebook rules) => file.Line is null
        || file.OwnerBorn?.AddYears(rules.OwnerAge.RequiredOn(file.Today).Value.Adult) > file.Today;

    public static IReadOnlyList<StepReason> Refusals(NibCase file, NibRulebook rules)
    {
        var (reasons, blocks) = (new List<StepReason>(), file.Blocks);
        if (!file.KbliMayExist)
        {
            reasons.Add(new("kbli-known",
                new("Kode KBLI ini tidak ada. Pilih kode lima digit yang sesuai kegiatan usaha.", "There is no such "
                    + "KBLI code. Choose the five-digit code that fits the business."),
                "/kbli", LegalBasis));
        }

        var age = rules.OwnerAge.RequiredOn(file.Today);
        if (file.OwnerBorn is { } born && born.AddYears(age.Value.Youngest) > file.Today)
        {
            reasons.Add(new("owner-of-age",
                new($"Pemilik belum berusia {age.Value.Youngest} tahun dan belum cakap hukum.",
                    $"The owner is not yet {age.Value.Youngest} years old and has no legal capacity."),
                "/ownerBirthDate", age.LegalBasis));
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

        if (file.Registered)
        {
            reasons.Add(new("activity-unregistered",
                new("NIB pemilik sudah memuat kegiatan usaha ini dengan nama ini.", "The owner's NIB names this line "
                    + "of business under this name already."),
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
