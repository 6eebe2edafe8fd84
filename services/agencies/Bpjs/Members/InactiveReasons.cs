namespace Mpp.Bpjs.Members;

/// <summary>
/// Why a participant has no cover. The reasons of the older registers (arrears, employment-ended, subsidy-ended,
/// data-mismatch, deceased) are kept as they are.
/// </summary>
internal static class InactiveReasons
{
    /// <summary>A newborn's first premium is not paid yet.</summary>
    public const string AwaitingPremium = "awaiting-premium";

    /// <summary>The enrolment was withdrawn.</summary>
    public const string Withdrawn = "withdrawn";
}
