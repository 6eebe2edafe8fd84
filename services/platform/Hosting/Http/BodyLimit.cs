using Microsoft.AspNetCore.Http.Features;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>
/// Refuses a body that says it is too large before anything reads it. A body that does not say its length is cut off by
/// the server while it is read.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    /// <summary>
    /// Up to this length, in bytes, the body is read and thrown away. Most callers read the answer only when they have
    /// sent everything; if the connection closes while they send, they see a broken pipe and no problem.
    /// </summary>
    private const long Drained = 4 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not { } length || length <= MppHost.MaxRequestBody)
        {
            await next(context);
            return;
        }

        if (length <= Drained && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Drained;
            await DrainAsync(context);
        }
        else
        {
            context.Response.Headers.Connection = "close";
        }

        await Problem.Of(ProblemCodes.BodyTooLarge, $"A body may have {MppHost.MaxRequestBody} bytes.")
            .ExecuteAsync(context);
    }

    private static async Task DrainAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
