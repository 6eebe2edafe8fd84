using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Mpp.Hosting.Auth;

/// <summary>The configuration section <c>Auth</c>.</summary>
public sealed class AuthOptions
{
    internal const string Section = "Auth";

    /// <summary>The OpenID Connect issuer whose tokens are accepted.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The audience that the tokens must be issued for. Default <c>mpp</c>.</summary>
    public string Audience { get; set; } = "mpp";
}

internal static class AuthSetup
{
    /// <summary>
    /// Bearer tokens of the configured issuer; an endpoint is closed unless it says <c>AllowAnonymous</c>.
    /// </summary>
    public static void AddMppAuth(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section)
            .Validate(options => !string.IsNullOrWhiteSpace(options.Authority),
                "Auth:Authority is missing. Set it to the address of the OpenID Connect issuer.")
            .Validate(
                options => string.IsNullOrWhiteSpace(options.Authority) || IsAllowed(options.Authority, environment),
                "Auth:Authority must be an absolute https address (http is allowed outside Production).")
            .Validate(options => !string.IsNullOrWhiteSpace(options.Audience), "Auth:Audience is empty.")
            .ValidateOnStart();

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // ASP.NET Core adds it for cookies. There are none here, and it would write keys to disk at every start.
        if (services.FirstOrDefault(
            service => service.ImplementationType?.Name == "DataProtectionHostedService") is { } cookies)
        {
            services.Remove(cookies);
        }

        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<AuthOptions>>((
            bearer, auth) =>
        {
            var tokens = new RememberedTokens(TimeProvider.System) { MapInboundClaims = false };
            // The machine's clock, also in a sandbox that moves its own: a move must not end tokens.
            bearer.TimeProvider = TimeProvider.System;
            bearer.Authority = auth.Value.Authority;
            bearer.Audience = auth.Value.Audience;
            bearer.RequireHttpsMetadata = environment.IsProduction();
            bearer.MapInboundClaims = false;
            // The issuer publishes a key an hour before it signs with it.
            bearer.AutomaticRefreshInterval = TimeSpan.FromMinutes(30);
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(tokens);
            bearer.TokenValidationParameters.NameClaimType = "client_id";
            bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            // Nobody asks for the text of the token afterwards.
            bearer.SaveToken = false;
            bearer.Events = AuthProblems.Events();
            bearer.Events.OnMessageReceived = tokens.RecallAsync;
        });
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static bool IsAllowed(string authority, IHostEnvironment environment) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !environment.IsProduction()));
}
