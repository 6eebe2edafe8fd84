using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mpp.Contracts.Payments;

namespace Mpp.Payments.Bills;

/// <summary>
/// What a citizen types at a bank to pay a bill: 15 digits, the first from 7 to 9, the last a check digit. The first
/// names the biller in the state's codes: 0 to 3 taxes, 4 to 6 customs, 7 to 9 what is no tax (SIMPONI).
/// </summary>
/// <remarks>
/// The 14 digits before it are random (3 × 10¹³ codes), so that with a million open bills one guess in thirty million
/// meets one. The check digit is Damm's (a totally anti-symmetric quasigroup of order 10): every single wrong digit and
/// every swap of two neighbours is found, so that a typing error pays nobody else's bill.
/// </remarks>
internal static class BillingCode
{
    public const int Length = BillingCodeForm.Length;

    private const string Digits = "0123456789";

    private static readonly byte[][] Quasigroup =
    [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];

    /// <summary>
    /// A new code, from the operating system's generator. The database makes sure that no other bill has it.
    /// </summary>
    public static string New()
    {
        var digits =
            RandomNumberGenerator.GetString(BillingCodeForm.NoTax, 1)
            + RandomNumberGenerator.GetString(Digits, Length - 2);
        return digits + Digits[Check(digits)];
    }

    /// <summary>Whether a text could be a billing code: its form and its check digit.</summary>
    public static bool IsWellFormed([NotNullWhen(true)] string? code) =>
        code is { Length: Length } && code.All(char.IsAsciiDigit) && BillingCodeForm.NoTax.Contains(code[0])
            && Check(code) == 0;

    /// <summary>The check digit of some digits; 0 when the digits end with their check digit.</summary>
    private static byte Check(string digits)
    {
        byte interim = 0;
        foreach (var digit in digits)
        {
            interim = Quasigroup[interim][digit - '0'];
        }

        return interim;
    }
}
