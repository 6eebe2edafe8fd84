using Mpp.Hosting.Problems;
using Mpp.Identity.Clients;
using Mpp.Identity.Keys;

namespace Mpp.Identity;

/// <summary>Answers 503 to everything but health until keys and clients are there.</summary>
internal sealed class NotYet(RequestDelegate next, KeyRing ring, ClientLoader clients)
{
    public Task InvokeAsync(HttpContext context)
    {
        if ((ring.IsReady && clients.IsLoaded)
            || !context.Request.Path.StartsWithSegments("/identity", StringComparison.Ordinal))
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "2";
        return Problem.Of(ProblemCodes.NotReady, "The service is starting.").ExecuteAsync(context);
    }
}
