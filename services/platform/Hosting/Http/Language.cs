using Microsoft.Net.Http.Headers;
using Mpp.Hosting.Description;

namespace Mpp.Hosting.Http;

/// <summary>Chooses between the two languages of the system (RFC 9110, 12.5.4).</summary>
public static class Language
{
    /// <summary>ISO 639-1.</summary>
    public const string Indonesian = "id";
    /// <summary>ISO 639-1.</summary>
    public const string English = "en";

    /// <summary>Says in the OpenAPI document that the operations answer in the language that is asked for.</summary>
    public static TBuilder InEitherLanguage<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new HasLanguages());

    /// <summary>Chooses the language of an answer and says so in its headers.</summary>
    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var language = Choose(http.Request.Headers.AcceptLanguage);
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return language;
    }

    /// <summary>
    /// The language that the caller likes best; Indonesian, the language of the law, when the caller has no preference
    /// or wants neither.
    /// </summary>
    /// <param name="header">The value of <c>Accept-Language</c>. What cannot be read in it is passed over.</param>
    public static string Choose(string? header)
    {
        var likes = StringWithQualityHeaderValue.TryParseList([header ?? ""], out var parsed) ? parsed : [];
        var (indonesian, english) = (Quality(likes, Indonesian), Quality(likes, English));
        var likesBoth = english == indonesian && english > 0;
        return english > indonesian || (likesBoth && Position(likes, English) < Position(likes, Indonesian))
            ? English
            : Indonesian;
    }

    /// <summary>The quality of the range that names the language; else that of <c>*</c>; else 0, not wanted.</summary>
    private static double Quality(IList<StringWithQualityHeaderValue> likes, string language)
    {
        var own = likes.Where(l => Names(l, language)).ToList();
        var range = own.Count > 0 ? own : likes.Where(l => l.Value == "*").ToList();
        return range.Count == 0 ? 0 : range.Max(l => l.Quality ?? 1);
    }

    private static int Position(IList<StringWithQualityHeaderValue> likes, string language) =>
        likes.Index().Where(l => Names(l.Item, language)).Select(l => l.Index).DefaultIfEmpty(int.MaxValue).First();

    private static bool Names(StringWithQualityHeaderValue like, string language)
    {
        var primary = like.Value.AsSpan();
        primary = primary.IndexOf('-') is >= 0 and var end ? primary[..end] : primary;
        return primary.Equals(language, StringComparison.OrdinalIgnoreCase);
    }
}
