using Microsoft.IdentityModel.Tokens;
using Mpp.Hosting.Auth;
using Mpp.Identity.Clients;
using Mpp.Identity.Data;
using Mpp.Identity.Keys;
using Mpp.Identity.Secrets;
using Mpp.Identity.Sessions;
using Mpp.Identity.SignIn;
using Mpp.Identity.Time;
using OpenIddict.Core;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Tokens;

/// <summary>OpenIddict, as this service uses it.</summary>
internal static class TokenSetup
{
    private const string Discovery = "/identity/.well-known/openid-configuration";
    private const string KeySet = "/identity/jwks";

    /// <summary>
    /// How long a refresh token that was used may be used again: requests of one client that cross are no theft.
    /// </summary>
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(10);

    public static void AddTokens(this WebApplicationBuilder builder)
    {
        // It writes down what was sent to it, and what callers send may be anything: names, NIK, secrets.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
        var services = builder.Services;
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDbContext>())
            .AddServer(server =>
            {
                server.SetConfigurationEndpointUris(Relative(Discovery))
                    .SetJsonWebKeySetEndpointUris(Relative(KeySet))
                    .SetTokenEndpointUris(Relative(TokenEndpoint.Path))
                    .SetAuthorizationEndpointUris(Relative(ReturnAddress.Authorize))
                    .SetEndSessionEndpointUris(Relative(SignOutEndpoint.Path))
                    .AllowClientCredentialsFlow()
                    .AllowAuthorizationCodeFlow()
                    .AllowRefreshTokenFlow()
                    .RequireProofKeyForCodeExchange()
                    .DisableAccessTokenEncryption()
                    .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1))
                    .SetRefreshTokenLifetime(SessionStore.Longest)
                    .SetRefreshTokenReuseLeeway(Crossing)
                    .RegisterClaims(Claims.Subject, Claims.Name, Claims.Role, CallerClaims.Region, CallerClaims.Office)
                    .AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(handler => handler
                        .UseScopedHandler<TokenAnswers>().SetOrder(int.MinValue + 100_000));
                var host = server.UseAspNetCore()
                    .SuppressJsonResponseIndentation()
                    .EnableTokenEndpointPassthrough()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough();
                if (!builder.Environment.IsProduction())
                {
                    host.DisableTransportSecurityRequirement();
                }
            });
        services.AddOptions<OpenIddictCoreOptions>().Configure<IdentityClock>(
            (core, clock) => core.TimeProvider = clock.Provider);
        services.AddOptions<OpenIddictServerOptions>()
            .Configure<IServiceProvider>((server, provider) => Configure(server, provider));
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(
            provider => provider.GetRequiredService<KeyRing>());
    }

    public static void MapTokens(this WebApplication app)
    {
        // OpenIddict answers these two itself, before an endpoint is called; what has no endpoint is not there.
        app.MapGet(Discovery, (RequestDelegate)NotHereAsync).AllowAnonymous();
        app.MapGet(KeySet, (RequestDelegate)NotHereAsync).AllowAnonymous();
        app.MapAuthorize();
        app.MapToken();
    }

    private static void Configure(OpenIddictServerOptions server, IServiceProvider provider)
    {
        var (auth, clients) = (provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<IOptions<ClientsOptions>>().Value);
        var (ring, sealer) = (provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<Sealer>());
        server.TimeProvider = provider.GetRequiredService<IdentityClock>().Provider;
        server.Issuer = PublicAddress.Issuer(auth.Authority);
        server.AccessTokenLifetime = clients.ProgramTokens;
        server.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
        // A page that sends itself off would need a script.
        server.ResponseModes.Remove(ResponseModes.FormPost);
        server.ResponseModes.Remove(ResponseModes.Fragment);
        // The endpoints hold what is asked for to the client and the role, and name what is wrong in one way.
        server.IgnoreScopePermissions = true;
        server.DisableScopeValidation = true;
        server.Scopes.UnionWith(clients.Clients.Values.SelectMany(client => client.AllScopes));

        // Codes and refresh tokens come back here only, and nobody else reads them.
        server.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(sealer.KeyFor("codes and refresh tokens")) { KeyId = "own" },
            SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        // Until the database has been read nothing is answered that this would sign.
        var keys = ring.Published;
        server.SigningCredentials.AddRange(
            keys.Count > 0 ? keys.Select(key => key.Credentials) : [Placeholder()]);
    }

    private static SigningCredentials Placeholder() => new(
        new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256);

    private static Task NotHereAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string Relative(string path) => path[1..];
}
