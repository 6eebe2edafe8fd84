using Mpp.Contracts;
using Mpp.Identity.Accounts;
using Mpp.Identity.Data;
using Mpp.Identity.Limits;
using Mpp.Identity.Records;
using Mpp.Identity.Sessions;
using OpenIddict.Abstractions;

namespace Mpp.Identity.SignIn;

/// <summary><c>/identity/sign-in</c>: the page on which people give their name and password.</summary>
internal static class SignInEndpoints
{
    public const string Path = "/identity/sign-in";

    public static void MapSignIn(this WebApplication app)
    {
        // As request delegates: what they take is checked here, and the answers are pages.
        app.MapGet(Path, (RequestDelegate)(context => Page(context).ShowAsync())).AllowAnonymous();
        app.MapPost(Path, (RequestDelegate)(context => Page(context).TakeAsync())).AllowAnonymous();
        app.MapGet(Pages.Page.StylePath, (RequestDelegate)Pages.Page.WriteStyleAsync).AllowAnonymous();
    }

    private static SignInPage Page(HttpContext context) => new(
        context, context.RequestServices.GetRequiredService<SignInServices>());
}

/// <summary>What the sign-in page works with.</summary>
internal sealed record SignInServices(
    AccountAccess Accounts, SessionStore Sessions, SignInRecord Record, AttemptLimits Limits, PageForms Forms,
    IOpenIddictApplicationManager Clients);

/// <summary>The page, for one request.</summary>
internal sealed class SignInPage(HttpContext context, SignInServices services)
{
    private readonly string? _return = ReturnAddress.Of(context);

    private CancellationToken Cancelled => context.RequestAborted;

    public async Task ShowAsync()
    {
        if (_return is null && await SignedInAsync() is { } account)
        {
            await ShowSignedInAsync(account);
            return;
        }

        await ShowFormAsync(fault: null, StatusCodes.Status200OK);
    }

    public async Task TakeAsync()
    {
        if (await services.Forms.ReadAsync(context) is not { } form)
        {
            await ShowFormAsync(SignInTexts.Stale, StatusCodes.Status400BadRequest);
            return;
        }

        if (await services.Limits.OfSignInAsync(CallerAddress.Of(context), services.Record, Cancelled) is { } wait)
        {
            context.Response.Headers.RetryAfter = TokenLimit.Seconds(wait);
            await ShowFormAsync(SignInTexts.TooOften, StatusCodes.Status429TooManyRequests);
            return;
        }

        var account = await services.Accounts.SignInAsync(
            form["name"].ToString(), form["password"].ToString(), Cancelled);
        if (account is null)
        {
            await ShowFormAsync(SignInTexts.Wrong, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await BeginSessionAsync(account);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = _return ?? SignInEndpoints.Path;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    /// <summary>A new session, whatever cookie the browser came with; one that it had before ends.</summary>
    private async Task BeginSessionAsync(AccountRow account)
    {
        if (SessionCookie.Read(context) is { } old && await services.Sessions.FindAsync(old, Cancelled) is { } before
            && await services.Sessions.EndAsync(before.Id, Cancelled))
        {
            await services.Record.WriteAsync(
                SignInEventKind.SessionReplaced, Cancelled, before.AccountId, session: before.Id);
        }

        var (session, handle) = await services.Sessions.BeginAsync(account.Id, Cancelled);
        await services.Record.WriteAsync(SignInEventKind.SignedIn, Cancelled, account.Id, session: session.Id);
        SessionCookie.Write(context, handle);
    }

    private async Task<AccountRow?> SignedInAsync() =>
        SessionCookie.Read(context) is { } handle && await services.Sessions.FindAsync(handle, Cancelled) is { } session
            ? await services.Accounts.FindAsync(session.AccountId, Cancelled)
            : null;

    private async Task ShowFormAsync(LocalizedText? fault, int status)
    {
        var language = Pages.Page.LanguageOf(context);
        var said = fault is null ? "" : $"""<p class="fault" role="alert">{Encode(fault)}</p>""";
        await Pages.Page.WriteAsync(context, SignInTexts.SignIn, $"""
            {said}
            <form method="post" action="{Pages.Page.Encode(Action(language))}">
            {services.Forms.Field(context)}
            <label for="name">{Encode(SignInTexts.UserName)}</label>
            <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false"
              maxlength="100" required autofocus>
            <label for="password">{Encode(SignInTexts.Password)}</label>
            <input id="password" name="password" type="password" autocomplete="current-password"
              maxlength="{Passwords.Longest}" required>
            <button>{Encode(SignInTexts.SignIn)}</button>
            </form>
            """, status, await ReturnAddress.OriginsAsync(_return, services.Clients, Cancelled));

        string Encode(LocalizedText text) => Pages.Page.Encode(text.In(language));
    }

    private Task ShowSignedInAsync(AccountRow account)
    {
        var language = Pages.Page.LanguageOf(context);
        return Pages.Page.WriteAsync(context, SignInTexts.SignedIn, $"""
            <p>{Pages.Page.Encode($"{SignInTexts.As.In(language)} {account.DisplayName}")}</p>
            <form method="post" action="{SignOutEndpoint.Path}">
            {services.Forms.Field(context)}
            <button name="{SignOutEndpoint.Confirmed}" value="1">
            {Pages.Page.Encode(SignInTexts.SignOut.In(language))}</button>
            </form>
            """);
    }

    private string Action(string language) => SignInEndpoints.Path + (_return is null
        ? QueryString.Create("lang", language)
        : QueryString.Create("return", _return).Add("lang", language));
}
