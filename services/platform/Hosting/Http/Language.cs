using Microsoft.Net.Http.Headers;

namespace Mpp.Catalog.Http;

/// <summary>Chooses between the two languages of the system (RFC 9110, 12.5.4).</summary>
internal static class Language
{
    public const string Indonesian = "id";
    public const string English = "en";

    /// <summary>The language that the caller likes best; Indonesian, the language of the law, when it is indifferent or wants neither.</summary>
    /// <param name="header">The value of <c>Accept-Language</c>. What cannot be read in it is passed over.</param>
    public static string Choose(string? header)
    {
        var likes = StringWithQualityHeaderValue.TryParseList([header ?? ""], out var parsed) ? parsed : [];
        var (indonesian, english) = (Quality(likes, Indonesian), Quality(likes, English));
        return english > indonesian || (english == indonesian && english > 0 && Position(likes, English) < Position(likes, Indonesian)) ? English : Indonesian;
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
