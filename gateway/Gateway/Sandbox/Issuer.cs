using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Mpp.Gateway.Sandbox;

/// <summary>
/// An issuer of tokens for demonstrations and tests, so that the mall runs without an identity provider. It refuses to
/// exist in Production.
/// </summary>
internal static class IssuerSetup
{
    public static void AddSandboxIssuer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<IssuerOptions>, IssuerOptionsValidator>();
        builder.Services.AddOptions<IssuerOptions>().BindConfiguration(IssuerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton(
            provider => SigningKeys.Read(provider.GetRequiredService<IOptions<IssuerOptions>>().Value.SigningKey));
        builder.Services.AddSingleton<TokenEndpoint>();
        // The gateway has the key itself: it need not ask its own address for it.
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<IssuerOptions>, IOptions<AuthOptions>, IServiceProvider>((
                bearer, issuer, auth, provider) =>
            {
                if (issuer.Value.IsEnabled)
                {
                    bearer.Configuration = new OpenIdConnectConfiguration { Issuer = auth.Value.Authority };
                    bearer.Configuration.SigningKeys.Add(provider.GetRequiredService<SigningKeys>().PublicKey);
                }
            });
    }

    public static void MapSandboxIssuer(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<IssuerOptions>>().Value.IsEnabled)
        {
            return;
        }

        app.MapPost("/sandbox/token", (HttpContext context, TokenEndpoint tokens) => tokens.HandleAsync(context))
            .AllowAnonymous().DisableAntiforgery().WithTags("Sandbox").WithName("RequestToken")
            .WithSummary("A token for a program (OAuth 2.0 client credentials, RFC 6749 §4.4)")
            .WithDescription("Only in a sandbox. A production mall names its own issuer in the security scheme.")
            .Produces<TokenAnswer>()
            .Produces<TokenError>(StatusCodes.Status400BadRequest)
            .Produces<TokenError>(StatusCodes.Status401Unauthorized)
            .AddOpenApiOperationTransformer((operation, context, _) =>
            {
                TokenEndpoint.Describe(operation, context.Document!);
                return Task.CompletedTask;
            });
        app.MapGet("/.well-known/openid-configuration", (IOptions<AuthOptions> auth, IOptions<IssuerOptions> issuer) =>
            Discovery(auth.Value.Authority, issuer.Value))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/sandbox/jwks", (SigningKeys keys) => KeySet(keys)).AllowAnonymous().ExcludeFromDescription();
    }

    private static JsonObject Discovery(string authority, IssuerOptions issuer)
    {
        var root = authority.TrimEnd('/');
        return new JsonObject
        {
            ["issuer"] = authority,
            ["token_endpoint"] = $"{root}/sandbox/token",
            ["jwks_uri"] = $"{root}/sandbox/jwks",
            ["grant_types_supported"] = new JsonArray("client_credentials"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "client_secret_basic"),
            ["scopes_supported"] = new JsonArray([.. issuer.Clients.Values.SelectMany(client => client.Scopes.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal).Select(scope => JsonValue.Create(scope))]),
            ["response_types_supported"] = new JsonArray("token"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256", "RS256"),
        };
    }

    private static JsonObject KeySet(SigningKeys keys)
    {
        var key = new JsonObject
        {
            ["kty"] = keys.Jwk.Kty,
            ["use"] = keys.Jwk.Use,
            ["alg"] = keys.Jwk.Alg,
            ["kid"] = keys.Jwk.Kid
        };
        foreach (var (name, value) in ((string, string?)[])[("crv", keys.Jwk.Crv), ("x", keys.Jwk.X), ("y", keys.Jwk.Y),
            ("n", keys.Jwk.N), ("e", keys.Jwk.E)])
        {
            if (value is not null)
            {
                key[name] = value;
            }
        }

        return new JsonObject { ["keys"] = new JsonArray(key) };
    }
}
