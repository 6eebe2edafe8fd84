using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Mpp.Operations.Frame;
using Mpp.Web.Forms;

namespace Mpp.Operations.Access;

/// <summary>
/// People sign in at the issuer (OpenID Connect, code with PKCE) and come back with a session of the console's own. The
/// bearer tokens of programs open nothing here.
/// </summary>
internal static class ConsoleSignIn
{
    public const string Scheme = "console";
    public const string IssuerScheme = "console-issuer";

    private static readonly string[] Scopes =
    [
        "openid", "profile", "offline_access", KnownScopes.ApplicationsRead, KnownScopes.ApplicationsOperate,
        KnownScopes.PaymentsOperate, "messages.operate",
    ];

    public static void AddConsoleSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        ConsoleOptions.Add(services, builder.Environment);
        services.AddSingleton<TicketStore>();
        services.AddSingleton<Refreshing>();
        services.AddAuthentication()
            .AddCookie(Scheme)
            .AddOpenIdConnect(IssuerScheme, _ => { });
        services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<TicketStore, Refreshing, IOptions<ConsoleOptions>>((cookie, tickets, refreshing, console) =>
            {
                cookie.Cookie.Name = "mpp-console";
                cookie.Cookie.Path = ConsolePaths.Base;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = Secure(console.Value);
                cookie.ExpireTimeSpan = console.Value.SessionLifetime;
                cookie.SlidingExpiration = true;
                cookie.TimeProvider = TimeProvider.System;
                cookie.SessionStore = tickets;
                cookie.ForwardChallenge = IssuerScheme;
                cookie.Events.OnValidatePrincipal = refreshing.ValidateAsync;
                cookie.Events.OnRedirectToAccessDenied = context =>
                    Pages.Fault(AccessTexts.NotForYou, AccessTexts.AskForRole, StatusCodes.Status403Forbidden)
                        .ExecuteAsync(context.HttpContext);
            });
        services.AddOptions<OpenIdConnectOptions>(IssuerScheme)
            .Configure<IOptions<AuthOptions>, IOptions<ConsoleOptions>, IHostEnvironment>(Configure);
    }

    /// <summary>Opens pages to people who have something to do here; others get a page that says so.</summary>
    public static TBuilder ForPeople<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser()
            .RequireAssertion(context => Person.Of(context.User) is not null).Build());

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost(ConsolePaths.SignOut, async (HttpContext http) =>
        {
            await http.SignOutAsync(Scheme);
            await http.SignOutAsync(IssuerScheme);
            return TypedResults.Empty;
        }).FromOwnPages(Pages.Bare).RequireAuthorization(
            new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build());
        app.MapGet(ConsolePaths.Goodbye, () =>
            Pages.Fault(AccessTexts.SignedOut, AccessTexts.SignInAgain, StatusCodes.Status200OK)).AllowAnonymous();
    }

    private static void Configure(
        OpenIdConnectOptions issuer, IOptions<AuthOptions> auth, IOptions<ConsoleOptions> console,
        IHostEnvironment environment)
    {
        issuer.SignInScheme = Scheme;
        issuer.Authority = auth.Value.Authority;
        issuer.RequireHttpsMetadata = environment.IsProduction();
        issuer.ClientId = console.Value.ClientId;
        issuer.ClientSecret = console.Value.ClientSecret;
        issuer.ResponseType = OpenIdConnectResponseType.Code;
        issuer.ResponseMode = OpenIdConnectResponseMode.Query;
        issuer.UsePkce = true;
        issuer.SaveTokens = true;
        issuer.MapInboundClaims = false;
        issuer.TokenValidationParameters.NameClaimType = "name";
        issuer.TimeProvider = TimeProvider.System;
        issuer.CallbackPath = $"{ConsolePaths.Base}/signin-oidc";
        issuer.SignedOutCallbackPath = $"{ConsolePaths.Base}/signed-out";
        // A path would be taken to be on this service's own host, which people do not see.
        issuer.SignedOutRedirectUri = Public(ConsolePaths.Goodbye);
        issuer.RemoteSignOutPath = PathString.Empty;
        issuer.Scope.Clear();
        foreach (var scope in Scopes)
        {
            issuer.Scope.Add(scope);
        }

        foreach (var cookie in (CookieBuilder[])[issuer.CorrelationCookie, issuer.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = Secure(console.Value);
            cookie.Path = ConsolePaths.Base;
        }

        string Public(PathString path) => new Uri(console.Value.Url!, path.Value).AbsoluteUri;
        issuer.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = Public(context.Options.CallbackPath);
            return HttpMethods.IsGet(context.Request.Method) && WantsPage(context.Request)
                ? Task.CompletedTask
                : RefuseAsync(context);
        };
        issuer.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.PostLogoutRedirectUri = Public(context.Options.SignedOutCallbackPath);
            return Task.CompletedTask;
        };
        issuer.Events.OnTokenValidated = context =>
        {
            if (context.Principal?.Identity is ClaimsIdentity identity
                && context.TokenEndpointResponse?.AccessToken is { } token)
            {
                Refreshing.TakeClaims(identity, token);
            }

            return Task.CompletedTask;
        };
        issuer.Events.OnRemoteFailure = async context =>
        {
            context.HandleResponse();
            await Pages.Fault(AccessTexts.NotSignedIn, AccessTexts.TryAgain, StatusCodes.Status400BadRequest)
                .ExecuteAsync(context.HttpContext);
        };
    }

    /// <summary>A form or a stream is not led away: what was sent would be lost, and nobody would see why.</summary>
    private static async Task RefuseAsync(RedirectContext context)
    {
        context.HandleResponse();
        await Pages.Fault(AccessTexts.NotSignedIn, AccessTexts.SessionOver, StatusCodes.Status401Unauthorized)
            .ExecuteAsync(context.HttpContext);
    }

    private static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static CookieSecurePolicy Secure(ConsoleOptions console) =>
        console.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
}
