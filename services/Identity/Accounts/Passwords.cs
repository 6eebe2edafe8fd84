using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Mpp.Identity.Accounts;

/// <summary>
/// Passwords as they are stored: PBKDF2 with HMAC-SHA-512, 210,000 rounds and a salt each, as OWASP's Password Storage
/// Cheat Sheet has it.
/// </summary>
internal sealed class Passwords
{
    /// <summary>The shortest that is taken, in characters (NIST SP 800-63B-4, 3.1.1: no rule of composition).</summary>
    public const int Shortest = 12;

    /// <summary>The longest that is looked at, in characters.</summary>
    public const int Longest = 128;

    private const int Rounds = 210_000;

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions
    {
        CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
        IterationCount = Rounds,
    }));

    private readonly Lazy<string> _nobody;

    public Passwords() =>
        _nobody = new(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    /// <summary>A password as it is stored.</summary>
    public string Hash(string password) => _hasher.HashPassword(this, Normal(password));

    /// <summary>
    /// Whether a password is the one that was stored. Takes the same time for nobody's (<see langword="null"/>), which
    /// none is.
    /// </summary>
    public bool IsRight(string? stored, string password)
    {
        var right = password.Length <= Longest
            & _hasher.VerifyHashedPassword(
                this, stored ?? _nobody.Value, Normal(password.Length <= Longest ? password : ""))
                is not PasswordVerificationResult.Failed;
        return right & stored is not null;
    }

    // One keyboard writes é as one character, another as two.
    private static string Normal(string password) => password.IsNormalized(NormalizationForm.FormKC)
        ? password
        : password.Normalize(NormalizationForm.FormKC);
}
