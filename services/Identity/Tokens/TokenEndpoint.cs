using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore;
using Mpp.Identity.Accounts;
using Mpp.Identity.Clients;
using Mpp.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Tokens;

/// <summary>
/// <c>/identity/token</c>: tokens for programs (RFC 6749 §4.4), and for the clients of people who are signed in.
/// OpenIddict has checked the client, and the code or refresh token, before.
/// </summary>
internal sealed class TokenEndpoint(
    SessionStore sessions, AccountAccess accounts, CallerClaims claims, IOptions<ClientsOptions> clients)
{
    public const string Path = "/identity/token";

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The request did not come through OpenIddict.");
        await (request.IsClientCredentialsGrantType()
            ? OfProgramAsync(context, request)
            : OfPersonAsync(context));
    }

    private Task OfProgramAsync(HttpContext context, OpenIddictRequest request)
    {
        var client = clients.Value.Clients[request.ClientId!];
        var asked = request.GetScopes();
        return asked.Except(client.AllScopes, StringComparer.Ordinal).Any()
            ? Refusal.WriteAsync(context, Errors.InvalidScope, "The client may not have one of these scopes.")
            : SignInAsync(context, claims.OfProgram(
                request.ClientId!, client.Region, asked.Length == 0 ? client.AllScopes : asked));
    }

    /// <summary>A code or a refresh token is worth something only while its session lasts.</summary>
    private async Task OfPersonAsync(HttpContext context)
    {
        var scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
        var before = (await context.AuthenticateAsync(scheme)).Principal;
        if (CallerClaims.SessionOf(before) is not { } id
            || await sessions.FindAsync(id, context.RequestAborted) is not { } session
            || await accounts.FindAsync(session.AccountId, context.RequestAborted) is not { } account)
        {
            await Refusal.WriteAsync(context, Errors.InvalidGrant, "The session is over. Sign in again.");
            return;
        }

        var person = claims.OfPerson(account, session, PersonScopes.Left(before!.GetScopes(), account.Role));
        person.SetAccessTokenLifetime(clients.Value.PersonTokens);
        await SignInAsync(context, person);
    }

    private static Task SignInAsync(HttpContext context, ClaimsPrincipal principal) =>
        context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, principal);
}
