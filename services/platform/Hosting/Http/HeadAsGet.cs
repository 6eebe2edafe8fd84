namespace Mpp.Hosting.Http;

/// <summary>
/// HEAD is answered as GET (RFC 9110, 9.3.2), by every endpoint, which needs no code for it: the server itself holds
/// the body back, whatever is written.
/// </summary>
internal sealed class HeadAsGet(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Features.Set(HeadRequest.Instance);
        }

        return next(context);
    }
}

/// <summary>Marks a HEAD request from here on.</summary>
internal sealed class HeadRequest
{
    public static readonly HeadRequest Instance = new();
}

/// <summary>Whether a body is of any use.</summary>
public static class HeadRequests
{
    /// <summary>
    /// Whether the caller sent HEAD, though the method says GET here. Needed for an answer that would never end, and
    /// where the request is passed on.
    /// </summary>
    /// <param name="context">The request.</param>
    public static bool IsHead(this HttpContext context) => context.Features.Get<HeadRequest>() is not null;
}
