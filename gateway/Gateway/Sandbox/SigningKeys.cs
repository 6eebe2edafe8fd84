using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Mpp.Gateway.Sandbox;

/// <summary>The issuer's key: to sign with, and its public half for those who check.</summary>
internal sealed record SigningKeys(SigningCredentials Credentials, SecurityKey PublicKey, JsonWebKey Jwk)
{
    /// <exception cref="ArgumentException">The text is not a PEM key of a kind that is used here.</exception>
    /// <exception cref="CryptographicException">The key cannot be read.</exception>
    public static SigningKeys Read(string pem)
    {
        pem = pem.Replace("\\n", "\n", StringComparison.Ordinal);
        return TryEc(pem) ?? Rsa(pem);
    }

    private static SigningKeys? TryEc(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }

        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (key.KeySize != 256)
        {
            throw new ArgumentException("Only P-256 is used.", nameof(pem));
        }

        var id = KeyId(key.ExportSubjectPublicKeyInfo());
        var jwk = new JsonWebKey
        {
            Kty = "EC",
            Crv = "P-256",
            Use = "sig",
            Alg = SecurityAlgorithms.EcdsaSha256,
            Kid = id,
            X = Base64UrlEncoder.Encode(parameters.Q.X),
            Y = Base64UrlEncoder.Encode(parameters.Q.Y),
        };
        return new SigningKeys(
            new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256),
            new ECDsaSecurityKey(ECDsa.Create(parameters)) { KeyId = id }, jwk);
    }

    private static SigningKeys Rsa(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        if (key.KeySize < 2048)
        {
            throw new ArgumentException("An RSA key has 2048 bits or more.", nameof(pem));
        }

        _ = key.ExportParameters(includePrivateParameters: true); // a public key alone cannot sign
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var id = KeyId(key.ExportSubjectPublicKeyInfo());
        var jwk = new JsonWebKey
        {
            Kty = "RSA",
            Use = "sig",
            Alg = SecurityAlgorithms.RsaSha256,
            Kid = id,
            N = Base64UrlEncoder.Encode(parameters.Modulus),
            E = Base64UrlEncoder.Encode(parameters.Exponent),
        };
        return new SigningKeys(
            new SigningCredentials(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSha256),
            new RsaSecurityKey(parameters) { KeyId = id }, jwk);
    }

    private static string KeyId(byte[] publicKey) => Base64UrlEncoder.Encode(SHA256.HashData(publicKey))[..16];
}
