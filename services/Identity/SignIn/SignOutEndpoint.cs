using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore;
using Mpp.Identity.Data;
using Mpp.Identity.Pages;
using Mpp.Identity.Records;
using Mpp.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Mpp.Identity.SignIn;

/// <summary>
/// <c>/identity/logout</c> (OpenID Connect RP-Initiated Logout 1.0). A client that sends the id token of the session
/// ends it at once; anybody else's link asks the person first.
/// </summary>
internal static class SignOutEndpoint
{
    public const string Path = "/identity/logout";

    /// <summary>The button's name.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The claim of an id token that names its session.</summary>
    public const string Session = "sid";

    public static void MapSignOut(this WebApplication app) =>
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], (RequestDelegate)HandleAsync).AllowAnonymous();

    private static async Task HandleAsync(HttpContext context)
    {
        var sessions = context.RequestServices.GetRequiredService<SessionStore>();
        var own = SessionCookie.Read(context) is { } handle
            ? await sessions.FindAsync(handle, context.RequestAborted)
            : null;
        var told = await ToldAsync(context, sessions);
        var isConfirmed = HttpMethods.IsPost(context.Request.Method)
            && await OwnForm.ReadAsync(context) is { } form && form.ContainsKey(Confirmed);
        if (own is not null && told?.Id != own.Id && !isConfirmed)
        {
            await AskAsync(context);
            return;
        }

        foreach (var session in new[] { own, told }.OfType<SessionRow>().DistinctBy(session => session.Id))
        {
            if (await sessions.EndAsync(session.Id, context.RequestAborted))
            {
                await context.RequestServices.GetRequiredService<SignInRecord>().WriteAsync(
                    SignInEventKind.SignedOut, context.RequestAborted, session.AccountId, session: session.Id);
            }
        }

        SessionCookie.Delete(context);
        if (context.GetOpenIddictServerRequest()?.PostLogoutRedirectUri is { Length: > 0 })
        {
            await context.SignOutAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
            return;
        }

        await PageAnswer.ShowAsync<SignedOut>(context);
    }

    /// <summary>The session of the id token that the client sends along; its signature has been checked.</summary>
    private static async Task<SessionRow?> ToldAsync(HttpContext context, SessionStore sessions)
    {
        if (context.GetOpenIddictServerRequest()?.IdTokenHint is not { Length: > 0 })
        {
            return null;
        }

        var hint = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return Guid.TryParse(hint.Principal?.GetClaim(Session), out var id)
            ? await sessions.FindAsync(id, context.RequestAborted)
            : null;
    }

    private static Task AskAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest();
        // What the client asked for goes on with the answer; OpenIddict checks it again.
        (string Name, string? Value)[] asked =
        [
            ("post_logout_redirect_uri", request?.PostLogoutRedirectUri), ("client_id", request?.ClientId),
            ("state", request?.State),
        ];
        IReadOnlyDictionary<string, string> fields = asked.Where(field => field.Value is { Length: > 0 })
            .ToDictionary(field => field.Name, field => field.Value!, StringComparer.Ordinal);
        return PageAnswer.ShowAsync<AskSignOut>(context, new { Action = Path, Button = Confirmed, Fields = fields });
    }
}
