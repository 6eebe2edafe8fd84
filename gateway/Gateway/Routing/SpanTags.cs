using Microsoft.AspNetCore.Http.Features;
using Mpp.Contracts;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Mpp.Gateway.Routing;

/// <summary>
/// Gives the span of a request that files an application, or acts on one, the application's number, so that the trace
/// is found from its very beginning. Requests that only read stay as they are.
/// </summary>
internal static class SpanTags
{
    private const string Applications = "/v1/applications";

    public static void Transform(TransformBuilderContext builder)
    {
        var match = builder.Route.Match;
        var isOfApplications = match.Path?.StartsWith(Applications, StringComparison.Ordinal) is true;
        if (isOfApplications && match.Methods is not ["GET"])
        {
            builder.AddRequestTransform(context => Tag(context.HttpContext, NumberInPath(context.HttpContext)));
            builder.AddResponseTransform(context => Tag(context.HttpContext, NumberOfNew(context.HttpContext)));
        }
    }

    private static ValueTask Tag(HttpContext http, string? number)
    {
        if (ApplicationNumber.TryParse(number, provider: null, out var parsed))
        {
            http.Features.Get<IHttpActivityFeature>()?.Activity
                .SetTag(TelemetryTags.ApplicationNumber, parsed.Value);
        }

        return ValueTask.CompletedTask;
    }

    private static string? NumberInPath(HttpContext http) => http.GetRouteValue("number") as string;

    private static string? NumberOfNew(HttpContext http) =>
        http.Response.Headers.Location is [{ } location] ? location[(location.LastIndexOf('/') + 1)..] : null;
}
