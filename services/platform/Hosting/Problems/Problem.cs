using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mpp.Hosting.Json;

namespace Mpp.Hosting.Problems;

/// <summary>
/// An answer in RFC 9457 form, <c>application/problem+json</c>: the one place where the services say that something
/// cannot be done. An endpoint returns it like any other result.
/// </summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    private Problem(ProblemCode code, string? detail, IReadOnlyList<FieldError> errors)
    {
        Code = code;
        Detail = detail;
        Errors = errors;
    }

    /// <summary>What kind of problem it is.</summary>
    public ProblemCode Code { get; }

    /// <summary>What is wrong this time, for people. Never holds a value that the caller sent.</summary>
    public string? Detail { get; }

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <inheritdoc/>
    public int? StatusCode => Code.Status;

    /// <summary>A problem of a kind.</summary>
    /// <param name="code">The kind; <see cref="ProblemCodes"/> has those that all services share.</param>
    /// <param name="detail">What is wrong this time.</param>
    /// <param name="errors">The fields at fault.</param>
    public static Problem Of(ProblemCode code, string? detail = null, params IReadOnlyList<FieldError> errors) =>
        new(code, detail, errors);

    /// <summary>A request that is readable but has a field that cannot be accepted (422).</summary>
    /// <param name="pointer">JSON Pointer into the request body.</param>
    /// <param name="code">What is wrong with the field, kebab-case.</param>
    /// <param name="detail">The same for people.</param>
    public static Problem Invalid(string pointer, string code, string detail) =>
        Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.",
            new FieldError(pointer, code, detail));

    /// <summary>Writes the answer; headers that were set before stay.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Code.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        var body = new ProblemBody(
            Code.Type, Code.Title, Code.Status, TraceId(httpContext), Detail, Errors.Count == 0 ? null : Errors);
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(
                response.Body, body, ProblemJson.Readable.ProblemBody, httpContext.RequestAborted);
    }

    /// <summary>The W3C trace id of a request: what a caller quotes when asking for help.</summary>
    public static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

/// <summary>A field that cannot be accepted.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the request body.</param>
/// <param name="Code">What is wrong, kebab-case: <c>missing</c>, <c>unknown-field</c>, <c>wrong-type</c>, …</param>
/// <param name="Detail">The same for people. Never holds the value.</param>
public sealed record FieldError(string Pointer, string Code, string Detail);

/// <summary>The body of a problem (RFC 9457).</summary>
/// <param name="Type">Stable name of the kind, <c>urn:mpp:problem:…</c>.</param>
/// <param name="Title">The kind for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="TraceId">Quote it when asking for help.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Errors">The fields at fault.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string TraceId, string? Detail = null,
    IReadOnlyList<FieldError>? Errors = null);

[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static readonly ProblemJson Readable = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = MppJson.Encoder,
    });
}
