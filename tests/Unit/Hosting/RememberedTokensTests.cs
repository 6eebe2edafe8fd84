using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Mpp.Hosting.Auth;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class RememberedTokensTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Clock _clock = new();

    [Fact]
    public async Task A_valid_token_is_checked_once_a_minute()
    {
        var (tokens, asked, token) = Arrange(lifetime: TimeSpan.FromHours(1));

        for (var i = 0; i < 5; i++)
        {
            (await tokens.ValidateTokenAsync(token, asked.Parameters)).IsValid.ShouldBeTrue();
        }

        asked.Count.ShouldBe(1);
        _clock.Now += TimeSpan.FromSeconds(61);
        (await tokens.ValidateTokenAsync(token, asked.Parameters)).IsValid.ShouldBeTrue();
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_is_not_remembered_past_its_end()
    {
        var (tokens, asked, token) = Arrange(lifetime: TimeSpan.FromSeconds(20));
        (await tokens.ValidateTokenAsync(token, asked.Parameters)).IsValid.ShouldBeTrue();

        _clock.Now += TimeSpan.FromSeconds(21);
        await tokens.ValidateTokenAsync(token, asked.Parameters);

        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_with_another_signature_is_another_token()
    {
        var (tokens, asked, token) = Arrange(lifetime: TimeSpan.FromHours(1));
        (await tokens.ValidateTokenAsync(token, asked.Parameters)).IsValid.ShouldBeTrue();
        var forged = token[..(token.LastIndexOf('.') + 1)] + new string('A', 86);

        for (var i = 0; i < 3; i++)
        {
            (await tokens.ValidateTokenAsync(forged, asked.Parameters)).IsValid.ShouldBeFalse();
        }

        asked.Count.ShouldBeGreaterThanOrEqualTo(4, "what is not valid is not remembered");
    }

    [Fact]
    public async Task A_token_whose_names_break_the_rule_for_texts_is_not_remembered()
    {
        var (tokens, asked, _) = Arrange(lifetime: TimeSpan.FromHours(1));
        var token = Token(TimeSpan.FromHours(1), client: "por\u202Etal");

        for (var i = 0; i < 3; i++)
        {
            await tokens.ValidateTokenAsync(token, asked.Parameters);
        }

        asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_flood_of_tokens_does_not_fill_the_memory()
    {
        var (tokens, asked, first) = Arrange(lifetime: TimeSpan.FromHours(1), capacity: 2);
        (await tokens.ValidateTokenAsync(first, asked.Parameters)).IsValid.ShouldBeTrue();
        for (var i = 0; i < 5; i++)
        {
            (await tokens.ValidateTokenAsync(Token(TimeSpan.FromHours(1)), asked.Parameters)).IsValid.ShouldBeTrue();
        }

        await tokens.ValidateTokenAsync(first, asked.Parameters);

        asked.Count.ShouldBe(7, "the first was forgotten");
    }

    public void Dispose() => _key.Dispose();

    private (RememberedTokens Tokens, Asked Asked, string Token) Arrange(TimeSpan lifetime, int capacity = 100)
    {
        var asked = new Asked();
        asked.Parameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ClockSkew = TimeSpan.Zero,
            IssuerSigningKeyResolver = (_, _, _, _) =>
            {
                asked.Count++;
                return [new ECDsaSecurityKey(_key)];
            },
        };
        return (new RememberedTokens(_clock, capacity), asked, Token(lifetime));
    }

    private string Token(TimeSpan lifetime, string client = "portal") =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Expires = _clock.Now.UtcDateTime + lifetime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["jti"] = Guid.NewGuid().ToString(),
                ["client_id"] = client,
            },
        });

    private sealed class Asked
    {
        public int Count { get; set; }

        public TokenValidationParameters Parameters { get; set; } = null!;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
