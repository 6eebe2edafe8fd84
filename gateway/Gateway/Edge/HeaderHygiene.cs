using System.Collections.Frozen;
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

    private const string Cookies = "cookies";
    private const StringComparison IgnoringCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>
    /// Headers that let a caller say one thing to the gateway and another to the service, and cookies, which only pages
    /// read.
    /// </summary>
    private static readonly FrozenSet<string> Refused = new[]
    {
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL",
        "X-Original-Host", "Forwarded", "Cookie", "baggage",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Withheld =
        new[] { "Server", "X-Powered-By", TraceIdHeader.Name }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The metadata of a route whose cookies go on.</summary>
    public static IReadOnlyDictionary<string, string> WithCookies { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Cookies] = "pass" };

    public static void Transform(TransformBuilderContext context)
    {
        var cookiesPass = context.Route.Metadata?.ContainsKey(Cookies) is true;
        context.AddRequestTransform(transform =>
        {
            Remove(transform.ProxyRequest.Headers, cookiesPass);
            if (transform.HttpContext.IsHead())
            {
                transform.ProxyRequest.Method = HttpMethod.Head;
            }

            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(static transform =>
        {
            var headers = transform.HttpContext.Response.Headers;
            List<string>? found = null;
            foreach (var (name, _) in headers)
            {
                if (Withheld.Contains(name) || IsInternal(name))
                {
                    (found ??= []).Add(name);
                }
            }

            found?.ForEach(name => headers.Remove(name));
            return ValueTask.CompletedTask;
        });
    }

    private static void Remove(HttpRequestHeaders headers, bool cookiesPass)
    {
        List<string>? found = null;
        foreach (var (name, _) in headers.NonValidated)
        {
            if ((Refused.Contains(name) || IsInternal(name)) && !(cookiesPass && name.Equals("Cookie", IgnoringCase)))
            {
                (found ??= []).Add(name);
            }
        }

        found?.ForEach(name => headers.Remove(name));
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
