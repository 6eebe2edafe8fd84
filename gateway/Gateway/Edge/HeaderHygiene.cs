using System.Net.Http.Headers;
using Mpp.Hosting.Http;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Mpp.Gateway.Edge;

/// <summary>
/// Stops headers that have a meaning inside the mall from coming in or going out. YARP itself overwrites X-Forwarded-*.
/// A HEAD request goes on as HEAD.
/// </summary>
internal static class HeaderHygiene
{
    /// <summary>Ours, and MassTransit's: a service must be able to believe them.</summary>
    private static readonly string[] InternalPrefixes = ["X-Mpp-", "MT-"];

    /// <summary>
    /// Headers that let a caller say one thing to the gateway and another to the service, and cookies, which nobody
    /// here reads.
    /// </summary>
    private static readonly string[] Refused =
        ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL",
            "X-Original-Host", "Forwarded", "Cookie", "baggage"];

    private static readonly string[] Withheld = ["Server", "X-Powered-By", TraceIdHeader.Name];

    public static void Transform(TransformBuilderContext context)
    {
        context.AddRequestTransform(static transform =>
        {
            var headers = transform.ProxyRequest.Headers;
            foreach (var name in Refused)
            {
                headers.Remove(name);
            }

            RemoveInternal(headers);
            if (transform.HttpContext.IsHead())
            {
                transform.ProxyRequest.Method = HttpMethod.Head;
            }

            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(static transform =>
        {
            foreach (var name in Withheld)
            {
                transform.HttpContext.Response.Headers.Remove(name);
            }

            foreach (var name in transform.HttpContext.Response.Headers.Keys.Where(IsInternal).ToList())
            {
                transform.HttpContext.Response.Headers.Remove(name);
            }

            return ValueTask.CompletedTask;
        });
    }

    private static void RemoveInternal(HttpRequestHeaders headers)
    {
        List<string>? found = null;
        foreach (var header in headers.NonValidated)
        {
            if (IsInternal(header.Key))
            {
                (found ??= []).Add(header.Key);
            }
        }

        foreach (var name in found ?? [])
        {
            headers.Remove(name);
        }
    }

    private static bool IsInternal(string name)
    {
        foreach (var prefix in InternalPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
