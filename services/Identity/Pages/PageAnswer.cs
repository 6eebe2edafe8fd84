using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Web.Languages;

namespace Mpp.Identity.Pages;

/// <summary>A page as an answer, with what a browser may do with it: no script at all, and kept by nobody.</summary>
internal static class PageAnswer
{
    /// <summary>Where the pages stand.</summary>
    public const string Base = "/identity";

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameters">The page's.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="formTo">Origins to which a form's answer may lead, beside this one: browsers hold the redirects
    /// after a form to the policy.</param>
    public static Task ShowAsync<TPage>(
        HttpContext context, object? parameters = null, int status = StatusCodes.Status200OK,
        IEnumerable<string>? formTo = null) where TPage : IComponent
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentLanguage = PageLanguage.Of(context.Request);
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
            + $"frame-ancestors 'none'; form-action {string.Join(' ', ["'self'", .. formTo ?? []])}";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status }.ExecuteAsync(context);
    }
}
