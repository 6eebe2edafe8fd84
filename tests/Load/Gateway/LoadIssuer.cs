using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mpp.Load.Gateway;

/// <summary>An issuer as the gateway sees it once: discovery and a key. It signs a token itself.</summary>
internal sealed class LoadIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private LoadIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<LoadIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new LoadIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""{"issuer":"{{issuer.Address}}","jwks_uri":"{{issuer.Address}}/keys"}""", "application/json"));
        app.MapGet("/keys", () =>
        {
            var point = issuer._key.ExportParameters(includePrivateParameters: false).Q;
            var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
            return Results.Text(
                $$"""{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","kid":"1","x":"{{x}}","y":"{{y}}"}]}""",
                "application/json");
        });
        await app.StartAsync();
        return issuer;
    }

    public string Token(string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = "mpp",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        SigningCredentials = new SigningCredentials(
            new ECDsaSecurityKey(_key) { KeyId = "1" }, SecurityAlgorithms.EcdsaSha256),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["client_id"] = "load",
            ["scope"] = scope,
            ["region"] = "74.02",
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
