namespace Mpp.Hosting.Problems;

/// <summary>A kind of problem.</summary>
/// <param name="Code">Kebab-case, stable.</param>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Title">The kind for people.</param>
public sealed record ProblemCode(string Code, int Status, string Title)
{
    /// <summary>The <c>type</c> of RFC 9457, which programs compare.</summary>
    public string Type => $"urn:mpp:problem:{Code}";
}

/// <summary>
/// The kinds that all services share. 400 is a request that cannot be read, 422 one that can be read but has a field
/// that cannot be accepted.
/// </summary>
public static class ProblemCodes
{
    /// <summary>The body is not JSON.</summary>
    public static readonly ProblemCode MalformedJson = new("malformed-json", 400, "The body is not well-formed JSON");

    /// <summary>A header, query or route value cannot be read.</summary>
    public static readonly ProblemCode BadRequest = new("bad-request", 400, "The request cannot be read");

    /// <summary>A field is missing, unknown, of the wrong type or impossible.</summary>
    public static readonly ProblemCode InvalidRequest = new(
        "invalid-request", 422, "The request has fields that cannot be accepted");

    /// <summary>There is no package of this code.</summary>
    public static readonly ProblemCode UnknownPackage = new("unknown-package", 422, "There is no such package");

    /// <summary>There is no region of this code.</summary>
    public static readonly ProblemCode UnknownRegion = new("unknown-region", 422, "There is no such region");

    /// <summary>The body is larger than the endpoint reads.</summary>
    public static readonly ProblemCode BodyTooLarge = new("body-too-large", 413, "The body is too large");

    /// <summary>The request did not arrive whole in time.</summary>
    public static readonly ProblemCode RequestTimeout = new("request-timeout", 408, "The request came too slowly");

    /// <summary>The address is longer than is read.</summary>
    public static readonly ProblemCode AddressTooLong = new("address-too-long", 414, "The address is too long");

    /// <summary>There are more headers, or longer ones, than are read.</summary>
    public static readonly ProblemCode HeadersTooLarge = new("headers-too-large", 431, "The headers are too large");

    /// <summary>There is no token, or not one of ours.</summary>
    public static readonly ProblemCode Unauthenticated = new("unauthenticated", 401, "A valid bearer token is needed");

    /// <summary>The token was valid once, but is no longer.</summary>
    public static readonly ProblemCode TokenExpired = new("token-expired", 401, "The bearer token has expired");

    /// <summary>The token does not allow this.</summary>
    public static readonly ProblemCode InsufficientScope = new(
        "insufficient-scope", 403, "The token does not allow this");

    /// <summary>The token is for another region.</summary>
    public static readonly ProblemCode RegionNotAllowed = new(
        "region-not-allowed", 403, "The token is for another region");

    /// <summary>There is no application of this number that the caller may see.</summary>
    public static readonly ProblemCode UnknownApplication = new(
        "unknown-application", 404, "There is no such application");

    /// <summary>The key was used for another request.</summary>
    public static readonly ProblemCode IdempotencyKeyReused = new(
        "idempotency-key-reused", 422, "The idempotency key was used for another request");

    /// <summary>The key was used, and what was answered then has been erased with the personal data in it.</summary>
    public static readonly ProblemCode AnswerErased = new(
        "answer-erased", 410, "The answer to this idempotency key has been erased");

    /// <summary>Too many requests.</summary>
    public static readonly ProblemCode RateLimited = new("rate-limited", 429, "Too many requests");

    /// <summary>There is nothing at this address.</summary>
    public static readonly ProblemCode NotFound = new("not-found", 404, "There is nothing at this address");

    /// <summary>The address does not know this method.</summary>
    public static readonly ProblemCode MethodNotAllowed = new(
        "method-not-allowed", 405, "The address does not know this method");

    /// <summary>The body is not of a media type, charset or coding that the endpoint reads.</summary>
    public static readonly ProblemCode UnsupportedMediaType = new(
        "unsupported-media-type", 415, "The body is not in a form that is read here");

    /// <summary>The request is in a version of HTTP that is not spoken.</summary>
    public static readonly ProblemCode HttpVersionNotSupported = new(
        "http-version-not-supported", 505, "This version of HTTP is not spoken here");

    /// <summary>A fault of ours; it is logged under the trace id.</summary>
    public static readonly ProblemCode InternalError = new("internal-error", 500, "Something went wrong on our side");

    /// <summary>A service behind this one does not answer; try again.</summary>
    public static readonly ProblemCode UpstreamUnavailable = new(
        "upstream-unavailable", 503, "A service behind this one does not answer");

    /// <summary>The service is starting or stopping, or its database takes nothing now; try again.</summary>
    public static readonly ProblemCode NotReady = new("not-ready", 503, "The service is not ready");

    /// <summary>The kind for a bare HTTP status.</summary>
    /// <param name="status">The status.</param>
    public static ProblemCode ForStatus(int status) => status switch
    {
        400 => BadRequest,
        401 => Unauthenticated,
        403 => InsufficientScope,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        413 => BodyTooLarge,
        414 => AddressTooLong,
        415 => UnsupportedMediaType,
        422 => InvalidRequest,
        429 => RateLimited,
        431 => HeadersTooLarge,
        502 or 504 => UpstreamUnavailable with { Status = status },
        503 => UpstreamUnavailable,
        505 => HttpVersionNotSupported,
        < 500 => BadRequest with { Status = status },
        _ => InternalError with { Status = status },
    };
}
