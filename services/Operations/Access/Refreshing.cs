using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Mpp.Operations.Access;

/// <summary>
/// Keeps a session's access token fresh. With each new token come the person's role and region as they are now: who has
/// lost them is out within the token's life. When the issuer says no, the session ends; when it does not answer, the
/// session goes on with what the console itself knows.
/// </summary>
internal sealed partial class Refreshing(
    IOptionsMonitor<OpenIdConnectOptions> issuer, IOptions<ConsoleOptions> console, ILogger<Refreshing> logger)
{
    private const string ExpiresAt = "expires_at";
    private const string RefreshToken = "refresh_token";

    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Task<Answer>> _running = new(StringComparer.Ordinal);

    /// <summary>The claims that decide what somebody may do; they come with every access token.</summary>
    public static readonly string[] Deciding = [Person.RoleClaim, "region", "scope"];

    /// <summary>Renews the token of a session when it ends soon.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext session)
    {
        if (session.Properties.GetTokenValue(RefreshToken) is not { Length: > 0 } refresh
            || !DateTimeOffset.TryParse(session.Properties.GetTokenValue(ExpiresAt), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var expiry)
            || expiry - TimeProvider.System.GetUtcNow() > Early)
        {
            return;
        }

        // Requests of one session that come together ask once: the issuer takes a refresh token once.
        switch (await _running.GetOrAdd(refresh, AskAndForgetAsync))
        {
            case { Refused: true }:
                session.RejectPrincipal();
                break;
            case { Tokens: { } tokens }:
                Take(session, tokens, refresh);
                break;
        }
    }

    /// <summary>Puts the deciding claims of an access token into an identity, in place of earlier ones.</summary>
    public static void TakeClaims(ClaimsIdentity identity, string accessToken)
    {
        if (!new JsonWebTokenHandler().CanReadToken(accessToken))
        {
            return; // an issuer with opaque tokens has put them into the identity token
        }

        foreach (var old in identity.Claims.Where(claim => Deciding.Contains(claim.Type)).ToList())
        {
            identity.RemoveClaim(old);
        }

        identity.AddClaims(new JsonWebToken(accessToken).Claims
            .Where(claim => Deciding.Contains(claim.Type)).Select(claim => new Claim(claim.Type, claim.Value)));
    }

    private static void Take(CookieValidatePrincipalContext session, OpenIdConnectMessage tokens, string refresh)
    {
        var expiry = TimeProvider.System.GetUtcNow().AddSeconds(
            int.TryParse(tokens.ExpiresIn, CultureInfo.InvariantCulture, out var seconds) ? seconds : 300);
        session.Properties.UpdateTokenValue("access_token", tokens.AccessToken);
        session.Properties.UpdateTokenValue(RefreshToken, tokens.RefreshToken ?? refresh);
        session.Properties.UpdateTokenValue(ExpiresAt, expiry.ToString("o", CultureInfo.InvariantCulture));
        var identity = new ClaimsIdentity(session.Principal!.Identity);
        TakeClaims(identity, tokens.AccessToken);
        session.ReplacePrincipal(new ClaimsPrincipal(identity));
        session.ShouldRenew = true;
    }

    /// <summary>Requests that read the session before it was renewed get the same answer for a while.</summary>
    private Task<Answer> AskAndForgetAsync(string refresh)
    {
        var answer = AskAsync(refresh);
        _ = Task.Delay(Remembered).ContinueWith(
            _ => _running.TryRemove(refresh, out Task<Answer>? _), TaskScheduler.Default);
        return answer;
    }

    private async Task<Answer> AskAsync(string refresh)
    {
        var options = issuer.Get(ConsoleSignIn.IssuerScheme);
        try
        {
            var endpoints = await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refresh,
                ["client_id"] = console.Value.ClientId,
                ["client_secret"] = console.Value.ClientSecret,
            });
            using var answer = await options.Backchannel.PostAsync(new Uri(endpoints.TokenEndpoint), form);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? new Answer(new OpenIdConnectMessage(text), Refused: false)
                : new Answer(Tokens: null, Refused: answer.StatusCode is HttpStatusCode.BadRequest);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException
            or InvalidOperationException)
        {
            Away(logger, fault);
            return new Answer(Tokens: null, Refused: false);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The issuer does not answer; a session goes on with its old token.")]
    private static partial void Away(ILogger logger, Exception fault);

    private sealed record Answer(OpenIdConnectMessage? Tokens, bool Refused);
}
