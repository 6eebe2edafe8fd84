using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Mpp.Contracts;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>
/// Holds every text of a request to <see cref="TextRule"/> before an endpoint sees it: of the JSON body, of the query
/// and of the address. The endpoint reads the body with its texts as they are compared and stored, so that no endpoint
/// has to think of it.
/// </summary>
internal sealed class RequestTexts(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && await FaultAsync(context, endpoint) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static async Task<Problem?> FaultAsync(HttpContext context, RouteEndpoint endpoint)
    {
        if (context.Request.RouteValues.Values.OfType<string>().Any(value => TextRule.Fault(value) is not null))
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        // Without a handler of ours the rest is passed on to a service, which checks it itself.
        return endpoint.Metadata.GetMetadata<MethodInfo>() is null
            ? null
            : QueryFault(context) ?? await BodyFaultAsync(context, endpoint);
    }

    private static Problem? QueryFault(HttpContext context)
    {
        List<ParameterError> faults = [.. context.Request.Query
            .Select(parameter => (parameter.Key, Fault: FirstFault(parameter.Value)))
            .Where(parameter => parameter.Fault is not null)
            .Select(parameter => new ParameterError(
                parameter.Key, Kebab.Of(parameter.Fault!.Value), TextRule.Words(parameter.Fault.Value).En))];
        return faults.Count > 0 ? Problem.Of(ProblemCodes.BadRequest, faults) : null;
    }

    private static TextFault? FirstFault(IEnumerable<string?> values) =>
        values.Select(value => TextRule.Fault(value ?? "")).FirstOrDefault(fault => fault is not null);

    private static async Task<Problem?> BodyFaultAsync(HttpContext context, Endpoint endpoint)
    {
        var request = context.Request;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null || !request.HasJsonContentType())
        {
            return null;
        }

        // The body is small: the server lets no more than MppHost.MaxRequestBody through.
        using var taken = new MemoryStream();
        await request.Body.CopyToAsync(taken, context.RequestAborted);
        var body = taken.ToArray();
        var read = Parsed(body) is { } given ? JsonTexts.Read(given) : null;
        if (read is { Faults.Count: > 0 })
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has texts that cannot be accepted.",
                [.. read.Faults.Select(FieldError.Of)]);
        }

        body = read is { Changed: true } ? JsonSerializer.SerializeToUtf8Bytes(read.Json) : body;
        (request.Body, request.ContentLength) = (new MemoryStream(body), body.Length);
        return null;
    }

    /// <summary>
    /// <see langword="null"/> for what is no JSON: the endpoint's own reader says best what is wrong with it.
    /// </summary>
    private static JsonElement? Parsed(byte[] body)
    {
        try
        {
            return Utf8.IsValid(body) ? JsonElement.Parse(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
