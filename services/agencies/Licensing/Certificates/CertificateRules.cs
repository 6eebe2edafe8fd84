using System.Globalization;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Certificates;

/// <summary>Who gets a standard certificate (PP 28/2025).</summary>
internal static class CertificateRules
{
    private const string LegalBasis = "PP 28/2025";

    public static StepReason NoDeclaration { get; } = new("declaration-signed",
        new("Pernyataan kesanggupan memenuhi standar usaha belum ditandatangani.", "The declaration to "
            + "meet the standards of the business is not signed."),
        "/declaration", LegalBasis);

    /// <summary>
    /// The register decides about the risk, not what the application says: the NIB may be older than the application.
    /// </summary>
    public static IReadOnlyList<StepReason> Refusals(
        CertificateInput input, Business? business, BusinessActivity? activity)
    {
        var reasons = new List<StepReason>();
        if (business is not { Status: PermitStatus.Active })
        {
            reasons.Add(new("nib-active", new("NIB tidak terdaftar atau sudah dicabut.", "The "
                + "NIB is not registered, or is revoked."), "/nib", LegalBasis));
        }
        else if (activity is null)
        {
            reasons.Add(new("nib-active", new("NIB tidak memuat KBLI ini.", "The NIB does not name this KBLI."),
                "/kbli", LegalBasis));
        }

        if (!input.Declaration)
        {
            reasons.Add(NoDeclaration);
        }

        switch (activity?.RiskLevel ?? input.RiskLevel)
        {
            case RiskLevel.High:
                reasons.Add(new("risk-needs-licence",
                    new("Kegiatan usaha berisiko tinggi memerlukan izin, bukan sertifikat standar.", "A business of "
                        + "high risk needs a licence, not a standard certificate."),
                    "/riskLevel", LegalBasis));
                break;
            case RiskLevel.Low:
                reasons.Add(new("risk-needs-licence",
                    new("Kegiatan usaha berisiko rendah cukup dengan NIB; sertifikat standar tidak diperlukan.",
                        "A business of low risk needs its NIB only, no standard certificate."),
                    "/riskLevel", LegalBasis));
                break;
        }

        return reasons;
    }

    /// <summary>
    /// The owner's declaration is enough for medium-low risk; medium-high is verified by an officer before it is
    /// issued, unless the law has granted it meanwhile.
    /// </summary>
    public static bool NeedsOfficer(RiskLevel risk, bool granted) => risk == RiskLevel.MediumHigh && !granted;

    /// <summary>For example <c>SS-20261122-000042</c>.</summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"SS-{issuedOn:yyyyMMdd}-{serial:D6}");
}
