namespace Mpp.Identity.Sessions;

/// <summary>
/// The cookie of a session. Its prefix makes browsers refuse it without <c>Secure</c>; <c>__Host-</c> is not possible
/// with a path.
/// </summary>
internal static class SessionCookie
{
    public const string Path = "/identity";

    public static string Name(HttpRequest request) => request.IsHttps ? "__Secure-mpp-session" : "mpp-session";

    public static string? Read(HttpContext context) =>
        context.Request.Cookies[Name(context.Request)] is { Length: > 0 and < 200 } handle ? handle : null;

    public static void Write(HttpContext context, string handle) =>
        context.Response.Cookies.Append(Name(context.Request), handle, Options(context));

    public static void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context.Request), Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = Path,
        // A client's page leads here, and the cookie must come along; nothing is done by such a request alone.
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
