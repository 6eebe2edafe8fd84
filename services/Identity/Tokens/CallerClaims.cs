using System.Security.Claims;
using Mpp.Hosting.Auth;
using Mpp.Identity.Data;
using Mpp.Identity.Roles;
using Mpp.Identity.SignIn;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Tokens;

/// <summary>What tokens say of a caller.</summary>
internal sealed class CallerClaims(IOptions<AuthOptions> auth)
{
    /// <summary>Where the caller may act: a Kemendagri code, or <c>*</c>.</summary>
    public const string Region = "region";

    /// <summary>The agency whose office an officer is at.</summary>
    public const string Office = "office";

    /// <summary>In codes and refresh tokens: the session that they belong to.</summary>
    private const string OfSession = "session";

    /// <summary>A program that acts for itself.</summary>
    public ClaimsPrincipal OfProgram(string client, string region, IEnumerable<string> scopes)
    {
        var identity = Identity(client);
        identity.SetClaim(Region, region);
        return Finish(identity, scopes);
    }

    /// <summary>A person. The tokens for the interface have no name in them.</summary>
    /// <param name="account">Who.</param>
    /// <param name="session">Signed in where.</param>
    /// <param name="scopes">What the person may do here, and what OpenID Connect asks for beside.</param>
    public ClaimsPrincipal OfPerson(AccountRow account, SessionRow session, IEnumerable<string> scopes)
    {
        var identity = Identity(account.Id.ToString());
        identity.SetClaim(Claims.Role, RoleScopes.Name(account.Role))
            .SetClaim(Region, account.Region)
            .SetClaim(Office, account.Office)
            .SetClaim(Claims.Name, account.DisplayName)
            .SetClaim(Claims.AuthenticationTime, session.BeganAt.ToUnixTimeSeconds())
            .SetClaim(SignOutEndpoint.Session, session.Id.ToString())
            .SetClaim(OfSession, session.Id.ToString());
        return Finish(identity, scopes);
    }

    /// <summary>The session that a code or a refresh token belongs to.</summary>
    public static Guid? SessionOf(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.GetClaim(OfSession), out var id) ? id : null;

    private static ClaimsIdentity Identity(string subject)
    {
        var identity = new ClaimsIdentity("mpp", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        return identity;
    }

    private ClaimsPrincipal Finish(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        identity.SetScopes(scopes);
        identity.SetResources(auth.Value.Audience);
        identity.SetDestinations(claim => claim.Type switch
        {
            Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.Role or Region or Office => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.Name or Claims.AuthenticationTime or SignOutEndpoint.Session => [Destinations.IdentityToken],
            _ => [],
        });
        return new ClaimsPrincipal(identity);
    }
}
