using Mpp.Hosting.Http;

namespace Mpp.Web.Languages;

/// <summary>
/// The language of the page that is being answered: what the reader has chosen, else what the browser asks for, else
/// Indonesian. A component injects it and writes <c>@Language[text]</c>.
/// </summary>
public sealed class PageLanguage
{
    /// <summary>The cookie with the reader's choice; every page of the mall reads it.</summary>
    public const string Cookie = "mpp-language";

    /// <summary>Made for a request.</summary>
    /// <param name="http">The request in hand.</param>
    public PageLanguage(IHttpContextAccessor http)
    {
        ArgumentNullException.ThrowIfNull(http);
        Code = http.HttpContext is { } context ? Of(context.Request) : Language.Indonesian;
    }

    /// <summary>ISO 639-1: <c>id</c> or <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>The other one.</summary>
    public string Other => Code == Language.English ? Language.Indonesian : Language.English;

    /// <summary>The text in this language.</summary>
    /// <param name="text">In both.</param>
    public string this[LocalizedText text]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(text);
            return text.In(Code);
        }
    }

    /// <summary>The language of a request.</summary>
    /// <param name="request">Any request.</param>
    public static string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Cookies[Cookie] is Language.Indonesian or Language.English
            ? request.Cookies[Cookie]!
            : Language.Choose(request.Headers.AcceptLanguage);
    }
}
