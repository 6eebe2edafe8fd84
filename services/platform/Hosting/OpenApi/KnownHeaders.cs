using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Mpp.Hosting.Http;
using Mpp.Hosting.Idempotency;

namespace Mpp.Hosting.OpenApi;

/// <summary>The headers of the interface, each described once.</summary>
internal static class KnownHeaders
{
    private const int Longest = 200;

    private static readonly Dictionary<string, (string Description, int MaxLength, string? Pattern, string Example)>
        Headers = new(StringComparer.Ordinal)
        {
            [AnswerHeaders.TraceId] = (
                "The W3C trace id of the request: quote it when asking for help.", 32, "^[0-9a-f]{32}$",
                "4bf92f3577b34da6a3ce929d0e0e4736"),
            [AnswerHeaders.RateLimit] = (
                "For each policy what is left of it (`r`, requests) and when it is whole again (`t`, seconds): "
                    + "draft-ietf-httpapi-ratelimit-headers.",
                Longest, null, "\"address\";r=999;t=1, \"client\";r=299;t=1"),
            [AnswerHeaders.RateLimitPolicy] = (
                "For each policy how many requests (`q`) are let through in how many seconds (`w`): "
                    + "draft-ietf-httpapi-ratelimit-headers.",
                Longest, null, "\"address\";q=1000;w=2, \"client\";q=300;w=3"),
            [HeaderNames.CacheControl] = ("Who may keep the answer, and for how long.", Longest, null, "no-store"),
            [HeaderNames.Vary] = ("What of the request the answer depends on.", Longest, null, "Accept-Language"),
            [HeaderNames.ContentLanguage] = ("The language of the texts.", 2, "^(id|en)$", "id"),
            [HeaderNames.ETag] = (
                "Names this state of it: send it back as `If-None-Match` when reading again, and as `If-Match` when "
                    + "changing it.", Longest, "^(W/)?\"[!-~]*\"$", "\"7-id\""),
            [HeaderNames.Location] = (
                "Where it can be read.", Longest, "^/v1/[!-~]+$", "/v1/applications/7402-261122-K7QX4M"),
            [HeaderNames.Link] = (
                "`rel=\"next\"` leads to the next page (RFC 8288); the last page has none.", 500, null,
                "</v1/refunds?after=0198c0de-5a1f-7cc4-9d2e-3f4a5b6c7d8e&limit=100>; rel=\"next\""),
            [HeaderNames.RetryAfter] = ("Seconds to wait before the next try.", 10, "^[0-9]+$", "2"),
            [HeaderNames.WWWAuthenticate] = (
                "What is wrong with the token (RFC 6750).", 500, null,
                "Bearer error=\"insufficient_scope\", scope=\"applications.read\""),
            [HeaderNames.AcceptEncoding] = (
                "The coding of bodies that is taken, where another was sent.", Longest, null, "identity"),
            [HeaderNames.Allow] = ("Of 405: the methods that the address knows.", Longest, null, "GET, HEAD"),
            [StoredAnswer.Replayed] = (
                "`true` where the answer is that of an earlier request with this key.", 4, "^true$", "true"),
            [AnswerHeaders.AccelBuffering] = (
                "Tells proxies to pass the stream on as it comes.", 3, "^no$", "no"),
            [HeaderNames.IfMatch] = (
                "The `ETag` that it was read with: it is changed only as long as it is so. Otherwise, 412.",
                Longest, "^[!-~ ]+$", "\"7-id\""),
            [HeaderNames.IfNoneMatch] = (
                "The `ETag` of what is there already: it is not sent again while it is so.", Longest, "^[!-~ ]+$",
                "\"7-id\""),
            [HeaderNames.AcceptLanguage] = (
                "`id` (the default) or `en` (RFC 9110, 12.5.4).", Longest, "^[!-~ ]+$", "en"),
            [IdempotencyFilter.Header] = (
                "Makes a repeat the same request: for seven days it gets the first answer again, with "
                    + $"`{StoredAnswer.Replayed}: true`. A new request needs a new key.",
                IdempotencyFilter.Longest, "^[!-~]+$", "b2b8f6a0-7c40-4f5e-9a51-0d2f5f0c4e11"),
        };

    public static IOpenApiHeader Refer(string name, OpenApiDocument document)
    {
        var headers = (document.Components ??= new()).Headers ??=
            new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        headers.TryAdd(
            name, new OpenApiHeader
            {
                Description = Headers[name].Description,
                Required = name is AnswerHeaders.TraceId,
                Schema = Schema(name),
            });
        return new OpenApiHeaderReference(name, document);
    }

    public static OpenApiParameter Parameter(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = Headers[name].Description,
        Schema = Schema(name),
    };

    private static OpenApiSchema Schema(string name)
    {
        var (_, longest, pattern, example) = Headers[name];
        return new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MaxLength = longest,
            Pattern = pattern,
            Examples = [JsonValue.Create(example)],
        };
    }
}
