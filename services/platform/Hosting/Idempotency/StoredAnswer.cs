using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Mpp.Hosting.Json;

namespace Mpp.Hosting.Idempotency;

/// <summary>An answer as it is stored, for the first time and for every repeat of it.</summary>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body) : IResult
{
    public const string Replayed = "Idempotent-Replayed";

    private static readonly string[] Kept =
        [HeaderNames.ETag, HeaderNames.Location, HeaderNames.ContentLanguage, HeaderNames.Vary];

    /// <summary>Whether it is a repeat.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>
    /// What an endpoint is about to answer, once its headers are set; <see langword="null"/> when it is no success,
    /// which is not kept.
    /// </summary>
    public static StoredAnswer? Of(HttpContext http, IResult result)
    {
        if (result is not (IStatusCodeHttpResult { StatusCode: { } status and < 300 } and IValueHttpResult value))
        {
            return null;
        }

        var headers = Kept.Where(name => http.Response.Headers.ContainsKey(name))
            .ToDictionary(name => name, name => http.Response.Headers[name].ToString(), StringComparer.Ordinal);
        if (LocationOf(result) is { } location)
        {
            headers[HeaderNames.Location] = location;
        }

        return new(status, headers, JsonSerializer.SerializeToUtf8Bytes(value.Value, MppJson.Options));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (IsRepeat)
        {
            response.Headers[Replayed] = "true";
        }

        response.ContentType = "application/json; charset=utf-8";
        return response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }

    // Created<T> has no interface for its address.
    private static string? LocationOf(IResult result) =>
        result.GetType().GetProperty(nameof(Microsoft.AspNetCore.Http.HttpResults.Created.Location))
            ?.GetValue(result) as string;
}
