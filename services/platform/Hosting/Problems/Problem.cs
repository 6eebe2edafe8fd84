using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mpp.Contracts;
using Mpp.Hosting.Json;

namespace Mpp.Hosting.Problems;

/// <summary>
/// An answer in RFC 9457 form, <c>application/problem+json</c>: the one place where the services say that something
/// cannot be done. An endpoint returns it like any other result.
/// </summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    /// <summary>How many faults an answer lists at most, of fields and of parameters each.</summary>
    public const int MostErrors = 100;

    /// <summary>How long a text for people is at most, in characters; what is longer is cut.</summary>
    public const int LongestDetail = 2000;

    private Problem(
        ProblemCode code, string? detail, IReadOnlyList<FieldError> errors, IReadOnlyList<ParameterError> parameters)
    {
        Code = code;
        Detail = detail;
        Errors = errors;
        Parameters = parameters;
    }

    /// <summary>What kind of problem it is.</summary>
    public ProblemCode Code { get; }

    /// <summary>What is wrong this time, for people. Never holds a value that the caller sent.</summary>
    public string? Detail { get; }

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>The parameters at fault: of the query or of the header.</summary>
    public IReadOnlyList<ParameterError> Parameters { get; }

    /// <inheritdoc/>
    public int? StatusCode => Code.Status;

    /// <summary>A problem of a kind.</summary>
    /// <param name="code">The kind; <see cref="ProblemCodes"/> has those that all services share.</param>
    /// <param name="detail">What is wrong this time.</param>
    /// <param name="errors">The fields at fault.</param>
    public static Problem Of(ProblemCode code, string? detail = null, params IReadOnlyList<FieldError> errors) =>
        new(code, detail, errors, []);

    /// <summary>A request with parameters that cannot be accepted.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="parameters">The parameters at fault.</param>
    public static Problem Of(ProblemCode code, IReadOnlyList<ParameterError> parameters) => new(
        code, string.Join(' ', parameters.Select(p => $"{p.Name}: {p.Detail}")), [], parameters);

    /// <summary>A query parameter or a header that cannot be accepted (400).</summary>
    /// <param name="name">Its name.</param>
    /// <param name="code">What is wrong with it, kebab-case.</param>
    /// <param name="detail">The same for people.</param>
    public static Problem Parameter(string name, string code, string detail) =>
        Of(ProblemCodes.BadRequest, [new ParameterError(name, code, detail)]);

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
        return JsonSerializer.SerializeAsync(
            response.Body, Body(TraceId(httpContext)), ProblemJson.Readable.ProblemBody, httpContext.RequestAborted);
    }

    /// <summary>The body alone, for an answer that does not come from an endpoint.</summary>
    /// <param name="traceId">The trace id in it.</param>
    public byte[] ToUtf8Bytes(string traceId) =>
        JsonSerializer.SerializeToUtf8Bytes(Body(traceId), ProblemJson.Readable.ProblemBody);

    private ProblemBody Body(string traceId) => new(
        Code.Type, Code.Title, Code.Status, traceId, Detail is null ? null : Cut(Detail), Errors.Count == 0 ? null
            : [.. Errors.Take(MostErrors).Select(error => error with { Detail = Cut(error.Detail) })],
        Parameters.Count == 0 ? null
            : [.. Parameters.Take(MostErrors).Select(parameter => parameter with { Detail = Cut(parameter.Detail) })]);

    private static string Cut(string text) => text.Length <= LongestDetail ? text : $"{text[..(LongestDetail - 1)]}…";

    /// <summary>The W3C trace id of a request: what a caller quotes when asking for help.</summary>
    public static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

/// <summary>A field that cannot be accepted.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the request body.</param>
/// <param name="Code">What is wrong, kebab-case: <c>missing</c>, <c>unknown-field</c>, <c>wrong-type</c>, …</param>
/// <param name="Detail">The same for people. Never holds the value.</param>
public sealed record FieldError(string Pointer, [ErrorCode] string Code, string Detail)
{
    /// <summary>A text that breaks the rule for all texts.</summary>
    /// <param name="fault">Which, and how.</param>
    public static FieldError Of(JsonTextFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(fault.Pointer, Kebab.Of(fault.Fault), TextRule.Words(fault.Fault).En);
    }
}

/// <summary>A query parameter or a header that cannot be accepted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">What is wrong, kebab-case: <c>unknown-parameter</c>, <c>wrong-type</c>, <c>out-of-range</c>,
/// …</param>
/// <param name="Detail">The same for people. Never holds the value.</param>
public sealed record ParameterError(string Name, [ErrorCode] string Code, string Detail);

/// <summary>The body of a problem (RFC 9457).</summary>
/// <param name="Type">Stable name of the kind, <c>urn:mpp:problem:…</c>.</param>
/// <param name="Title">The kind for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="TraceId">Quote it when asking for help.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Errors">The fields at fault.</param>
/// <param name="Parameters">The query parameters and headers at fault.</param>
internal sealed record ProblemBody(
    [ProblemType] string Type, string Title, int Status, string TraceId, string? Detail = null,
    IReadOnlyList<FieldError>? Errors = null, IReadOnlyList<ParameterError>? Parameters = null);

[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static readonly ProblemJson Readable = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = MppJson.Encoder,
    });
}
