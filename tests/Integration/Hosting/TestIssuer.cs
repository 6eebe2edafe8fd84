using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mpp.Integration.Hosting;

/// <summary>An OpenID Connect issuer as services see it: discovery and keys. It can be away.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private TestIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public bool IsAway { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.Use((context, next) =>
        {
            if (!issuer.IsAway)
            {
                return next(context);
            }

            context.Abort();
            return Task.CompletedTask;
        });
        app.MapGet("/.well-known/openid-configuration",
            () => Results.Json(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["issuer"] = issuer.Address,
                ["jwks_uri"] = $"{issuer.Address}/keys"
            }));
        app.MapGet("/keys", () =>
        {
            var point = issuer._key.ExportParameters(includePrivateParameters: false).Q;
            return Results.Json(new
            {
                keys = new[] { new
                {
                    kty = "EC",
                    use = "sig",
                    alg = "ES256",
                    kid = "1",
                    crv = "P-256",
                    x = Base64UrlEncoder.Encode(point.X),
                    y = Base64UrlEncoder.Encode(point.Y)
                } }
            });
        });
        await app.StartAsync();
        return issuer;
    }

    public string Token(string scope, TimeSpan? lifetime = null, string region = "74.02", string client = "portal")
    {
        var expires = TimeProvider.System.GetUtcNow().UtcDateTime + (lifetime ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler
        {
            SetDefaultTimesOnTokenCreation = false
        }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = "mpp",
            NotBefore = expires - TimeSpan.FromHours(1),
            Expires = expires,
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(_key) { KeyId = "1" }, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["client_id"] = client,
                ["scope"] = scope,
                ["region"] = region
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
