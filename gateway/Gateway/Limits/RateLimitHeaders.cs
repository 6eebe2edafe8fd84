using System.Globalization;
using System.Threading.RateLimiting;
using Mpp.Hosting.Http;

namespace Mpp.Gateway.Limits;

/// <summary>
/// Tells a caller its share before it is used up (draft-ietf-httpapi-ratelimit-headers): in <c>RateLimit-Policy</c> how
/// much there is, in <c>RateLimit</c> what is left; an item for each policy that the request has met.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>Adds a policy's item to the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="bucket">What the caller may ask.</param>
    /// <param name="limiter">Knows what is left.</param>
    public static void Tell(
        HttpContext context, string policy, Bucket bucket, PartitionedRateLimiter<HttpContext> limiter)
    {
        var left = Math.Min(bucket.Burst, limiter.GetStatistics(context)?.CurrentAvailablePermits ?? 0);
        var whole = string.Create(
            CultureInfo.InvariantCulture, $"\"{policy}\";q={bucket.Burst};w={Seconds(bucket.Burst, bucket)}");
        var rest = string.Create(
            CultureInfo.InvariantCulture, $"\"{policy}\";r={left};t={Seconds(bucket.Burst - left, bucket)}");
        // Written when the answer starts, because a problem clears the headers.
        context.Response.OnStarting(static state =>
        {
            var (response, policyItem, item) = ((HttpResponse, string, string))state;
            Append(response.Headers, AnswerHeaders.RateLimitPolicy, policyItem);
            Append(response.Headers, AnswerHeaders.RateLimit, item);
            return Task.CompletedTask;
        }, (context.Response, whole, rest));
    }

    // What is registered last is called first. Each item goes to the front, so the address, which is met first, stands
    // first.
    private static void Append(IHeaderDictionary headers, string name, string item) =>
        headers[name] = headers[name].ToString() is { Length: > 0 } others ? $"{item}, {others}" : item;

    private static long Seconds(long requests, Bucket bucket) => (long)Math.Ceiling(requests / bucket.PerSecond);
}
