using Mpp.Hosting.Http;

namespace Mpp.Gateway.Edge;

/// <summary>Writes the trace id into every answer, good or bad: what a caller quotes when asking for help.</summary>
internal sealed class TraceIdHeader(RequestDelegate next)
{
    public const string Name = AnswerHeaders.TraceId;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                var (response, traceId) = ((HttpResponse, string))state;
                response.Headers[Name] = traceId;
                return Task.CompletedTask;
            },
            (context.Response, Problem.TraceId(context)));
        return next(context);
    }
}
