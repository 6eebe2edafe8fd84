using System.Net;
using Mpp.Contracts;
using Mpp.Hosting.Http;

namespace Mpp.Identity.Pages;

/// <summary>The frame of the pages for people: no script, nothing from elsewhere, never kept.</summary>
internal static class Page
{
    public const string StylePath = "/identity/style.css";

    private static readonly string Style = ReadStyle();

    /// <summary>The page's language: what the switch says, or what the browser likes best.</summary>
    public static string LanguageOf(HttpContext context)
    {
        var liked = Language.Of(context);
        var language = context.Request.Query["lang"].ToString() switch
        {
            Language.English => Language.English,
            Language.Indonesian => Language.Indonesian,
            _ => liked,
        };
        context.Response.Headers.ContentLanguage = language;
        return language;
    }

    /// <summary>A page as an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">Its title.</param>
    /// <param name="content">HTML; what is not ours in it is encoded.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="formTo">Origins to which a form's answer may lead, beside this one.</param>
    public static async Task WriteAsync(
        HttpContext context, LocalizedText title, string content, int status = StatusCodes.Status200OK,
        IEnumerable<string>? formTo = null)
    {
        var language = LanguageOf(context);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
            + $"frame-ancestors 'none'; form-action {string.Join(' ', ["'self'", .. formTo ?? []])}";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await response.WriteAsync($"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title.In(language))} – MPP Digital</title>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="{StylePath}">
            </head>
            <body>
            <header><p class="mall">MPP Digital</p>{Switch(context, language)}</header>
            <main><h1>{Encode(title.In(language))}</h1>
            {content}
            </main>
            </body></html>
            """, context.RequestAborted);
    }

    /// <summary>The stylesheet.</summary>
    public static Task WriteStyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(Style, context.RequestAborted);
    }

    /// <summary>A text inside HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>This page in the other language; after a form was sent, the page with the empty form.</summary>
    private static string Switch(HttpContext context, string language)
    {
        var (other, name) = language == Language.English
            ? (Language.Indonesian, "Bahasa Indonesia")
            : (Language.English, "English");
        var query = context.Request.Query.Where(pair => pair.Key != "lang")
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value))
            .Append(new("lang", other));
        return $"""<a class="language" lang="{other}" href="{Encode(QueryString.Create(query).Value!)}">{name}</a>""";
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream("style.css")!);
        return reader.ReadToEnd();
    }
}
