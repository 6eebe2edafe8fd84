using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore;
using Mpp.Identity.Accounts;
using Mpp.Identity.Clients;
using Mpp.Identity.Data;
using Mpp.Identity.Sessions;
using Mpp.Identity.SignIn;
using Mpp.Identity.Time;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Tokens;

/// <summary>
/// <c>/identity/authorize</c>: gives a client a code for somebody who is signed in, and leads whoever is not to the
/// sign-in page. OpenIddict has checked client, redirect address and PKCE before.
/// </summary>
internal sealed class AuthorizeEndpoint(
    SessionStore sessions, AccountAccess accounts, CallerClaims claims, IOptions<ClientsOptions> clients,
    IdentityClock clock)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The request did not come through OpenIddict.");
        var (account, session) = await WhoAsync(context, request);
        if (account is null || session is null)
        {
            await (request.HasPromptValue(PromptValues.None)
                ? Refusal.WriteAsync(context, Errors.LoginRequired, "Nobody is signed in.")
                : LeadToSignInAsync(context));
            return;
        }

        if (PersonScopes.Of(request, account.Role, clients.Value.Clients[request.ClientId!]) is not { } scopes)
        {
            await Refusal.WriteAsync(context, Errors.InvalidScope, "The client may not have one of these scopes.");
            return;
        }

        await context.SignInAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, claims.OfPerson(account, session, scopes));
    }

    /// <summary>Who is signed in at this browser, recently enough for the client.</summary>
    private async Task<(AccountRow? Account, SessionRow? Session)> WhoAsync(
        HttpContext context, OpenIddictRequest request)
    {
        if (request.HasPromptValue(PromptValues.Login) || SessionCookie.Read(context) is not { } handle
            || await sessions.FindAsync(handle, context.RequestAborted) is not { } session
            || request.MaxAge is { } age && clock.Now - session.BeganAt > TimeSpan.FromSeconds(age))
        {
            return (null, null);
        }

        return (await accounts.FindAsync(session.AccountId, context.RequestAborted), session);
    }

    private static Task LeadToSignInAsync(HttpContext context)
    {
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> parameters =
            context.Request.HasFormContentType ? context.Request.Form : context.Request.Query;
        // Whoever has signed in is not asked to do so again.
        context.Response.Redirect(ReturnAddress.SignInFor(parameters.Where(pair => pair.Key != Parameters.Prompt)
            .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()))));
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

internal static class AuthorizeMapping
{
    public static void MapAuthorize(this WebApplication app) => app.MapMethods(
        ReturnAddress.Authorize, [HttpMethods.Get, HttpMethods.Post],
        (RequestDelegate)(context => context.RequestServices.GetRequiredService<AuthorizeEndpoint>()
            .HandleAsync(context))).AllowAnonymous();
}
