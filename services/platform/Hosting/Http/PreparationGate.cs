using Mpp.Hosting.Health;
using Mpp.Hosting.Problems;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Http;

/// <summary>Answers 503 to everything but health until the service is prepared.</summary>
internal sealed class PreparationGate(RequestDelegate next, PreparationState state)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (state.IsDone || context.GetEndpoint()?.Metadata.GetMetadata<HealthEndpoint>() is not null)
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "2";
        return Problem.Of(ProblemCodes.NotReady, "The service is starting.").ExecuteAsync(context);
    }
}
