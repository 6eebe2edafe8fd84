using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Web;
using Yarp.ReverseProxy;

namespace Mpp.Gateway.Status;

/// <summary>What is behind the gateway: <c>/health</c> for programs, <c>/status</c> for people.</summary>
internal static class StatusEndpoints
{
    public const string Pages = "/status";

    public static void MapStatus(this WebApplication app)
    {
        // 200 also when a service is away: the gateway itself is well, and a load balancer must not take it
        // out for that.
        app.MapGet("/health", (IProxyStateLookup proxy) => TypedResults.Ok(MallStatus.Of(proxy)))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet(Pages, (TimeProvider time) => new RazorComponentResult<StatusPage>(new { Now = time.GetUtcNow() }))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapPages();
        app.MapGet("/", () => TypedResults.Redirect("/docs/")).AllowAnonymous().ExcludeFromDescription();
    }
}
