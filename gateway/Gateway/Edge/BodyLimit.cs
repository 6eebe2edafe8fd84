using Mpp.Hosting;
using Mpp.Hosting.Problems;

namespace Mpp.Gateway.Edge;

/// <summary>Refuses a body that says it is too large before anybody reads it. One that does not say is cut off by the server while it is read.</summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > MppHost.MaxRequestBody)
        {
            return next(context);
        }

        context.Response.Headers.Connection = "close";
        return Problem.Of(ProblemCodes.BodyTooLarge, $"A body may have {MppHost.MaxRequestBody} bytes.").ExecuteAsync(context);
    }
}
