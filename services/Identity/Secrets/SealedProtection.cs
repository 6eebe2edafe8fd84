using Microsoft.AspNetCore.DataProtection;

namespace Mpp.Identity.Secrets;

/// <summary>
/// ASP.NET Core's data protection, which its antiforgery tokens use, by the <see cref="Sealer"/>: all copies agree
/// without a key ring to share.
/// </summary>
internal sealed class SealedProtection(Sealer sealer, string purpose) : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => new SealedProtection(sealer, $"{Purpose}/{purpose}");

    public byte[] Protect(byte[] plaintext) => sealer.Seal(Purpose, plaintext);

    public byte[] Unprotect(byte[] protectedData) => sealer.Open(Purpose, protectedData);

    private string Purpose => purpose;
}
