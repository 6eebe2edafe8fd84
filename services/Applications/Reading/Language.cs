using Microsoft.AspNetCore.Http.Headers;

namespace Mpp.Applications.Reading;

/// <summary>Chooses between the two languages of the system by <c>Accept-Language</c>; Indonesian when the caller wants neither.</summary>
internal static class Language
{
    public static string Of(HttpContext http)
    {
        var liked = new RequestHeaders(http.Request.Headers).AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0])
            .FirstOrDefault(l => l is "id" or "en");
        var language = liked ?? "id";
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.Vary = "Accept-Language";
        return language;
    }
}
