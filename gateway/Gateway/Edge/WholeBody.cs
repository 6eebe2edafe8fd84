using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Mpp.Hosting;

namespace Mpp.Gateway.Edge;

/// <summary>
/// Reads a whole body before any of it goes on; it fits into memory. So a caller who sends slowly or hangs up keeps no
/// service waiting, and is not mistaken for a service that does not answer.
/// </summary>
internal sealed class WholeBody(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
        {
            context.Request.EnableBuffering((int)MppHost.MaxRequestBody, MppHost.MaxRequestBody);
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            }
            catch (OperationCanceledException) when (!Gone(context))
            {
                context.RequestAborted = CancellationToken.None; // the answer has its own time
                await Problem.Of(ProblemCodes.RequestTimeout, "The body did not come in time.").ExecuteAsync(context);
                return;
            }

            context.Request.Body.Position = 0;
        }

        await next(context);
    }

    private static bool Gone(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>() is not { RequestTimeoutToken.IsCancellationRequested: true };
}
