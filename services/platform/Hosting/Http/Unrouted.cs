using Microsoft.AspNetCore.Routing;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>
/// What does not exist does not exist for anybody: an unknown address (404), a method that the address does not know
/// (405) and a media type that it does not read (415) are reported to callers without a token too. Endpoints that exist
/// stay closed.
/// </summary>
internal sealed class Unrouted(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint() switch
    {
        null => Problem.Of(ProblemCodes.NotFound).ExecuteAsync(context),
        RouteEndpoint => next(context),
        // Routing answers with endpoints of its own, which have no route.
        { RequestDelegate: { } answer } => AnswerAsync(context, answer),
        _ => next(context),
    };

    private static async Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        await answer(context);
        var allowed = context.Response.Headers.Allow.ToString();
        if (allowed.Split(", ").Contains(HttpMethods.Get, StringComparer.Ordinal))
        {
            context.Response.Headers.Allow = $"{allowed}, {HttpMethods.Head}";
        }
    }
}
