namespace Mpp.Identity.Tokens;

/// <summary>
/// Reads a form before anybody else does: one with too many fields, or without its boundary, is the caller's fault, in
/// OAuth's form (RFC 6749 §5.2).
/// </summary>
internal sealed class ReadableForm(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType && !await IsReadableAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(
                new TokenError("invalid_request", "The form cannot be read: too many fields, or too long ones."),
                context.RequestAborted);
            return;
        }

        await next(context);
    }

    private static async Task<bool> IsReadableAsync(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
