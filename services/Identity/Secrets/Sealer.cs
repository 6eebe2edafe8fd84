using System.Text;

namespace Mpp.Identity.Secrets;

/// <summary>
/// Seals what only this service may read, with AES-256-GCM and a key for each text, made from
/// <see cref="SecretOptions.KeySecret"/> (HKDF, RFC 5869).
/// </summary>
internal sealed class Sealer(IOptions<SecretOptions> options)
{
    private const int SaltLength = 32;
    private const int TagLength = 16;

    /// <summary>How long a mark is, in characters.</summary>
    public const int MarkLength = 32;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.Value.KeySecret);

    /// <summary>A key of 32 bytes, always the same for a purpose.</summary>
    /// <param name="purpose">What the key is for.</param>
    public byte[] KeyFor(string purpose) => Derive([], purpose);

    /// <summary>Seals a text; sealed twice it differs.</summary>
    /// <param name="purpose">Must be given again to open it.</param>
    /// <param name="plain">The text.</param>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain)
    {
        var all = new byte[SaltLength + TagLength + plain.Length];
        var salt = all.AsSpan(0, SaltLength);
        RandomNumberGenerator.Fill(salt);
        using var cipher = new AesGcm(Derive(salt, purpose), TagLength);
        // The key is used once, so its nonce may be anything.
        cipher.Encrypt(Nonce, plain, all.AsSpan(SaltLength + TagLength), all.AsSpan(SaltLength, TagLength));
        return all;
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="CryptographicException">It was not sealed with this secret for this purpose, or is not
    /// whole.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> sealedText)
    {
        if (sealedText.Length < SaltLength + TagLength)
        {
            throw new CryptographicException("The sealed text is too short.");
        }

        var plain = new byte[sealedText.Length - SaltLength - TagLength];
        using var cipher = new AesGcm(Derive(sealedText[..SaltLength], purpose), TagLength);
        cipher.Decrypt(
            Nonce, sealedText[(SaltLength + TagLength)..], sealedText.Slice(SaltLength, TagLength), plain);
        return plain;
    }

    /// <summary>
    /// Stands for a text where the text itself must not be kept: the same text has the same mark, and nobody finds the
    /// text without the secret.
    /// </summary>
    public string Mark(string purpose, string text) => Convert.ToHexStringLower(
        HMACSHA256.HashData(KeyFor(purpose), Encoding.UTF8.GetBytes(text)))[..MarkLength];

    private static byte[] Nonce => new byte[12];

    private byte[] Derive(ReadOnlySpan<byte> salt, string purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, key, salt, Encoding.UTF8.GetBytes($"mpp-identity {purpose}"));
        return key;
    }
}
