using System.Globalization;
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
    /// <param name="left">What is left of it.</param>
    public static void Tell(HttpContext context, string policy, Bucket bucket, long left) =>
        // Later, because a problem clears the headers.
        context.Response.OnStarting(static state =>
        {
            var told = (Told)state;
            var left = Math.Min(told.Bucket.Burst, told.Left);
            var (burst, refilled) = (told.Bucket.Burst, told.Bucket.Seconds(told.Bucket.Burst));
            Append(told.Response.Headers, AnswerHeaders.RateLimitPolicy,
                string.Create(CultureInfo.InvariantCulture, $"\"{told.Policy}\";q={burst};w={refilled}"));
            Append(told.Response.Headers, AnswerHeaders.RateLimit, string.Create(
                CultureInfo.InvariantCulture, $"\"{told.Policy}\";r={left};t={told.Bucket.Seconds(burst - left)}"));
            return Task.CompletedTask;
        }, new Told(context.Response, policy, bucket, left));

    // What is registered last is called first: the address, which is met first, stands first all the same.
    private static void Append(IHeaderDictionary headers, string name, string item) =>
        headers[name] = headers[name] is { Count: > 0 } others ? $"{item}, {others}" : item;

    private sealed record Told(HttpResponse Response, string Policy, Bucket Bucket, long Left);
}
