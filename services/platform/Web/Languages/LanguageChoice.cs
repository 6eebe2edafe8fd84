using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Hosting.Http;

namespace Mpp.Web.Languages;

/// <summary><c>GET {base}/language?to=en&amp;back=/console/now</c>: keeps the reader's choice, and goes back.</summary>
internal static class LanguageChoice
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder app, string basePath) =>
        app.MapGet($"{basePath}/language", RedirectHttpResult (string? to, string? back, HttpContext http) =>
        {
            if (to is Language.Indonesian or Language.English)
            {
                http.Response.Cookies.Append(PageLanguage.Cookie, to, new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    Path = "/",
                    MaxAge = Kept,
                    IsEssential = true,
                });
            }

            return TypedResults.LocalRedirect(IsWithin(back, basePath) ? back! : $"{basePath}/");
        }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Whether an address is one of this service's pages: nobody is led elsewhere by a link to here.</summary>
    internal static bool IsWithin(string? back, string basePath) =>
        back is not null && back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal)
        && !back.Contains('\\', StringComparison.Ordinal) && !back.Any(char.IsControl)
        && (back.StartsWith($"{basePath}/", StringComparison.Ordinal) || back == basePath
            || back.StartsWith($"{basePath}?", StringComparison.Ordinal));
}
