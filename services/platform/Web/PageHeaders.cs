namespace Mpp.Web;

/// <summary>
/// What a browser may do with a page: nothing from elsewhere, no script and no style but those of the service, in no
/// frame, and kept by nobody. A page that says it itself, or one of a service behind this one, is left as it is.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                var response = (HttpResponse)state;
                if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true
                    && response.Headers.ContentSecurityPolicy.Count == 0)
                {
                    var headers = response.Headers;
                    headers.ContentSecurityPolicy = Policy;
                    headers.XFrameOptions = "DENY";
                    headers.XContentTypeOptions = "nosniff";
                    headers["Referrer-Policy"] = "same-origin";
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
