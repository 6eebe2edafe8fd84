using Mpp.Hosting.Http;
using Yarp.ReverseProxy;

namespace Mpp.Gateway.Status;

/// <summary>What is behind the gateway: <c>/health</c> for programs, <c>/status</c> for people.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this WebApplication app)
    {
        // 200 also when a service is away: the gateway itself is well, and a load balancer must not take it
        // out for that.
        app.MapGet("/health", (IProxyStateLookup proxy) => TypedResults.Ok(MallStatus.Of(proxy)))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/status", (HttpContext context, IProxyStateLookup proxy, TimeProvider time) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
            return TypedResults.Content(StatusPage.Render(MallStatus.Of(proxy), time.GetUtcNow(), Language.Of(context)),
                "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/", () => TypedResults.Redirect("/docs/")).AllowAnonymous().ExcludeFromDescription();
    }
}
