namespace Mpp.Identity.Tokens;

/// <summary>
/// <c>Cache-Control</c> says that nobody keeps an answer. OpenIddict says it in the words of HTTP/1.0 as well, which
/// nobody needs and the published document does not have.
/// </summary>
internal sealed class OneCacheHeader(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.Remove("Pragma");
                headers.Remove("Expires");
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
