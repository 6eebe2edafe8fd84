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
        if (failure.Exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            status = StatusCodes.Status413PayloadTooLarge;
        }

        if (status >= 500)
        {
            LogFailed(logger, service, failure.Error, failure.Exception?.Message);
        }

        if (context.Response.HasStarted)
        {
            return;
        }

        switch (status)
        {
            case StatusCodes.Status413PayloadTooLarge:
                await Problem.Of(ProblemCodes.BodyTooLarge).ExecuteAsync(context);
                break;
            case >= 500:
                context.Response.Headers.RetryAfter = "2";
                await Problem.Of(ProblemCodes.UpstreamUnavailable with { Status = status },
                    $"The service {service} {Happened(status)}.").ExecuteAsync(context);
                break;
        }
    }

    private static string Happened(int status) => status == StatusCodes.Status504GatewayTimeout
        ? "did not answer in time; whether it did what was asked is not known"
        : "does not answer; try again";

    [LoggerMessage(1, LogLevel.Warning, "{Service} did not answer: {Error}. {Reason}")]
    private static partial void LogFailed(ILogger logger, string? service, ForwarderError error, string? reason);
}
