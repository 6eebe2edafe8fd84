using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Mpp.Hosting.Telemetry;

/// <summary>Gives the server span what .NET 10 leaves out: route, status code, name, error. First in the pipeline, to see the final status.</summary>
internal sealed class ServerSpanMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (activity is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        await next(context);

        // The endpoint that was matched, also when a later middleware answered in its place.
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            var pattern = route.StartsWith('/') ? route : "/" + route;
            activity.SetTag("http.route", pattern);
            activity.DisplayName = $"{context.Request.Method} {pattern}";
        }

        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
