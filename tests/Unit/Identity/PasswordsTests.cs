using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Mpp.Identity.Accounts;
using Mpp.Identity.Secrets;
using Shouldly;

namespace Mpp.Unit.Identity;

public sealed class PasswordsTests
{
    private readonly Passwords _passwords = new();

    [Fact]
    public void A_password_is_stored_with_a_salt_and_210_000_rounds()
    {
        var (one, two) = (_passwords.Hash("correct horse battery"), _passwords.Hash("correct horse battery"));

        one.ShouldNotBe(two);
        // Identity's format: version, pseudo-random function, rounds, length of the salt, each a big-endian number.
        var bytes = Convert.FromBase64String(one);
        bytes[0].ShouldBe((byte)1);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)).ShouldBe(2u, "HMAC-SHA-512");
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)).ShouldBe(210_000u);
    }

    [Fact]
    public void Only_the_right_one_is_right()
    {
        var stored = _passwords.Hash("correct horse battery");

        _passwords.IsRight(stored, "correct horse battery").ShouldBeTrue();
        _passwords.IsRight(stored, "correct horse batterY").ShouldBeFalse();
        _passwords.IsRight(stored, "").ShouldBeFalse();
        _passwords.IsRight(stored: null, "correct horse battery").ShouldBeFalse();
        _passwords.IsRight(stored, new string('x', 100_000)).ShouldBeFalse();
    }

    [Fact]
    public void A_letter_is_the_same_however_the_keyboard_writes_it() => _passwords
        .IsRight(_passwords.Hash("caf\u00e9 di pelabuhan"), "cafe\u0301 di pelabuhan").ShouldBeTrue();

    [Fact]
    public void What_is_sealed_opens_with_the_same_secret_and_purpose_only()
    {
        var sealer = Sealer("a-secret-for-tests-of-32-letters-or-more");
        var text = Encoding.UTF8.GetBytes("the private part");
        var sealedText = sealer.Seal("a", text);

        sealer.Open("a", sealedText).ShouldBe(text);
        sealer.Seal("a", text).ShouldNotBe(sealedText);
        Should.Throw<CryptographicException>(() => sealer.Open("b", sealedText));
        Should.Throw<CryptographicException>(
            () => Sealer("another-secret-for-tests-of-32-letters").Open("a", sealedText));
        sealedText[^1] ^= 1;
        Should.Throw<CryptographicException>(() => sealer.Open("a", sealedText));
        Should.Throw<CryptographicException>(() => sealer.Open("a", [1, 2, 3]));
    }

    [Fact]
    public void A_mark_is_the_same_for_the_same_and_tells_nothing()
    {
        var sealer = Sealer("a-secret-for-tests-of-32-letters-or-more");

        sealer.Mark("addresses", "192.0.2.1").ShouldBe(sealer.Mark("addresses", "192.0.2.1"));
        sealer.Mark("addresses", "192.0.2.1").ShouldNotBe(sealer.Mark("addresses", "192.0.2.2"));
        sealer.Mark("addresses", "192.0.2.1").ShouldNotBe(sealer.Mark("clients", "192.0.2.1"));
        sealer.Mark("addresses", "192.0.2.1").Length.ShouldBe(Mpp.Identity.Secrets.Sealer.MarkLength);
    }

    private static Sealer Sealer(string secret) => new(Options.Create(new SecretOptions { KeySecret = secret }));
}
