namespace Mpp.Contracts.Payments;

/// <summary>The form of a billing code: 15 digits. The first digit says that the money is no tax.</summary>
public static class BillingCodeForm
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 15;

    /// <summary>What the first digit can be.</summary>
    public const string NoTax = "789";

    /// <summary>The form as a regular expression; the check digit is checked besides.</summary>
    public const string Pattern = $"^[{NoTax}][0-9]{{14}}$";
}
