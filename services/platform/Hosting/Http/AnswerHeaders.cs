namespace Mpp.Hosting.Http;

/// <summary>Headers of answers that have no constant elsewhere.</summary>
public static class AnswerHeaders
{
    /// <summary>The W3C trace id of the request, in every answer of the gateway.</summary>
    public const string TraceId = "Trace-Id";

    /// <summary>For a stream: tells proxies such as nginx to pass it on as it comes.</summary>
    public const string AccelBuffering = "X-Accel-Buffering";

    /// <summary>What is left of the caller's share (draft-ietf-httpapi-ratelimit-headers).</summary>
    public const string RateLimit = "RateLimit";

    /// <summary>What the caller's share is (draft-ietf-httpapi-ratelimit-headers).</summary>
    public const string RateLimitPolicy = "RateLimit-Policy";
}
