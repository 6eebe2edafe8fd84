using Mpp.Hosting.Telemetry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Mpp.Gateway.Routing;

/// <summary>
/// Says as a problem what YARP says with a bare status: the service behind a route did not answer, or not in time.
/// </summary>
internal sealed partial class UpstreamFailures(RequestDelegate next, ILogger<UpstreamFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is not { } failure
            || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var service = context.Features.Get<IReverseProxyFeature>()?.Cluster.Config.ClusterId;
        var status = context.Response.StatusCode;
        if (status < 500)
        {
            return;
        }

        var ofTheService = failure.IsOfTheService();
        if (ofTheService)
        {
            LogFailed(logger, service, failure.Error, failure.Exception is { } e ? ExceptionText.Reason(e) : null);
        }

        if (context.Response.HasStarted)
        {
            return;
        }

        if (!ofTheService)
        {
            await Problem.Of(ProblemCodes.BadRequest, "The request cannot be passed on as it is.")
                .ExecuteAsync(context);
            return;
        }

        context.Response.Headers.RetryAfter = "2";
        await Problem.Of(ProblemCodes.UpstreamUnavailable with { Status = status },
            $"The service {service} {Happened(status)}.").ExecuteAsync(context);
    }

    private static string Happened(int status) => status == StatusCodes.Status504GatewayTimeout
        ? "did not answer in time; whether it did what was asked is not known"
        : "does not answer; try again";

    [LoggerMessage(1, LogLevel.Warning, "{Service} did not answer: {Error}. {Reason}")]
    private static partial void LogFailed(ILogger logger, string? service, ForwarderError error, string? reason);
}
