using Microsoft.IdentityModel.Tokens;

namespace Mpp.Identity.Keys;

/// <summary>A key that tokens are signed with: EC P-256, for ES256.</summary>
/// <param name="Id">Its name in tokens, <c>kid</c>.</param>
/// <param name="SignsFrom">From when on it signs, until the next one does.</param>
/// <param name="Credentials">To sign with.</param>
internal sealed record SigningKey(string Id, DateTimeOffset SignsFrom, SigningCredentials Credentials)
{
    /// <summary>A key from its PKCS #8 form.</summary>
    public static SigningKey Read(string id, DateTimeOffset signsFrom, ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(id, signsFrom,
            new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256));
    }

    /// <summary>A new key: its name, and its PKCS #8 form.</summary>
    public static (string Id, byte[] Pkcs8) Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16],
            key.ExportPkcs8PrivateKey());
    }
}
