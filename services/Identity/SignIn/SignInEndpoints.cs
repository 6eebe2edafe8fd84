using Mpp.Contracts;
using Mpp.Identity.Accounts;
using Mpp.Identity.Data;
using Mpp.Identity.Limits;
using Mpp.Identity.Pages;
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
        app.MapGet(PageAnswer.Base, (RequestDelegate)LeadHereAsync).AllowAnonymous();
    }

    private static Task LeadHereAsync(HttpContext context)
    {
        context.Response.Redirect(Path);
        return Task.CompletedTask;
    }

    private static SignInPage Page(HttpContext context) => new(
        context, context.RequestServices.GetRequiredService<SignInServices>());
}

/// <summary>What the sign-in page works with.</summary>
internal sealed record SignInServices(
    AccountAccess Accounts, SessionStore Sessions, SignInRecord Record, AttemptLimits Limits,
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
        if (await OwnForm.ReadAsync(context) is not { } form)
        {
            await ShowFormAsync(PageTexts.Stale, StatusCodes.Status400BadRequest);
            return;
        }

        if (await services.Limits.OfSignInAsync(CallerAddress.Of(context), services.Record, Cancelled) is { } wait)
        {
            context.Response.Headers.RetryAfter = TokenLimit.Seconds(wait);
            await ShowFormAsync(PageTexts.TooOften, StatusCodes.Status429TooManyRequests);
            return;
        }

        var account = await services.Accounts.SignInAsync(
            form["name"].ToString(), form["password"].ToString(), Cancelled);
        if (account is null)
        {
            await ShowFormAsync(PageTexts.Wrong, StatusCodes.Status422UnprocessableEntity);
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

    private async Task ShowFormAsync(LocalizedText? fault, int status) => await PageAnswer.ShowAsync<SignInForm>(
        context, new { Action, Fault = fault }, status,
        await ReturnAddress.OriginsAsync(_return, services.Clients, Cancelled));

    private Task ShowSignedInAsync(AccountRow account) => PageAnswer.ShowAsync<SignedIn>(
        context, new { Name = account.DisplayName, Action = SignOutEndpoint.Path, Button = SignOutEndpoint.Confirmed });

    private string Action => SignInEndpoints.Path
        + (_return is null ? QueryString.Empty : QueryString.Create("return", _return));
}
