namespace Mpp.Hosting.Http;

/// <summary>
/// HEAD is answered as GET (RFC 9110, 9.3.2), by every endpoint without a word of its own: the server keeps the body
/// back by itself, whatever is written.
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

/// <summary>What a request by HEAD carries from here on.</summary>
internal sealed class HeadRequest
{
    public static readonly HeadRequest Instance = new();
}

/// <summary>Whether a body is of any use.</summary>
public static class HeadRequests
{
    /// <summary>
    /// Whether the caller asked by HEAD, though the method says GET here. For an answer that would go on for ever, and
    /// for who passes the request on.
    /// </summary>
    /// <param name="context">The request.</param>
    public static bool IsHead(this HttpContext context) => context.Features.Get<HeadRequest>() is not null;
}
