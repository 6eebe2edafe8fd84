using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Description;
using Mpp.Hosting.Http;
using Mpp.Hosting.Idempotency;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// What an operation takes and answers as the gateway shows it: scope, headers, and every status with its problems.
/// </summary>
internal sealed partial class OperationTruth(OpenApiOperation operation, OpenApiOperationTransformerContext context)
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>What every operation may answer: for a fault of the caller, of ours, or of what lies between.</summary>
    private static readonly ProblemCode[] Everywhere =
    [
        ProblemCodes.BadRequest, ProblemCodes.RateLimited, ProblemCodes.InternalError,
        ProblemCodes.UpstreamUnavailable with { Status = StatusCodes.Status502BadGateway },
        ProblemCodes.UpstreamUnavailable, ProblemCodes.NotReady,
        ProblemCodes.UpstreamUnavailable with { Status = StatusCodes.Status504GatewayTimeout },
    ];

    private static readonly ProblemCode[] OfBodies =
    [
        ProblemCodes.MalformedJson, ProblemCodes.RequestTimeout, ProblemCodes.BodyTooLarge,
        ProblemCodes.UnsupportedMediaType, ProblemCodes.InvalidRequest,
    ];

    private static readonly ProblemCode[] OfTokens =
        [ProblemCodes.Unauthenticated, ProblemCodes.TokenExpired, ProblemCodes.InsufficientScope];

    private readonly IList<object> _metadata = context.Description.ActionDescriptor.EndpointMetadata;

    public void Tell()
    {
        var problems = Problems();
        operation.Responses ??= [];
        foreach (var (status, answer) in operation.Responses.ToList())
        {
            if (answer is OpenApiResponse own)
            {
                Headers(own, int.Parse(status, CultureInfo.InvariantCulture));
                Events(own);
            }
        }

        foreach (var byStatus in problems.GroupBy(problem => problem.Status).OrderBy(group => group.Key))
        {
            var status = byStatus.Key.ToString(CultureInfo.InvariantCulture);
            List<ProblemCode> kinds = [.. byStatus.DistinctBy(problem => problem.Code)];
            if (operation.Responses.TryGetValue(status, out var own) && own.Content is { Count: > 0 } content)
            {
                // The endpoint has an answer of its own for this status, and problems beside it.
                content[ProblemJson] = Body(kinds);
                continue;
            }

            operation.Responses[status] = Answer(byStatus.Key, kinds);
        }

        operation.Responses["default"] = Answer(0, []);
        Parameters();
        Secure();
        operation.Description ??= Comment() is { Length: > 0 } comment
            ? char.ToUpperInvariant(comment[0]) + comment[1..]
            : $"{operation.Summary}.";
    }

    /// <summary>What the comment of the endpoint's class says after the address.</summary>
    private string? Comment() => Method() is { } method && XmlDocs.Of(method.DeclaringType!) is { } text
        ? Address().Replace(text, "")
        : null;

    private List<ProblemCode> Problems()
    {
        List<ProblemCode> problems = [.. Everywhere];
        if (!IsAnonymous())
        {
            problems.AddRange(OfTokens);
        }

        if (operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Path) is true)
        {
            // A value that cannot be this part of an address leads nowhere.
            problems.Add(ProblemCodes.NotFound);
        }

        if (operation.RequestBody is not null)
        {
            problems.AddRange(OfBodies);
        }

        if (Has<HasIdempotencyKey>())
        {
            problems.AddRange([ProblemCodes.IdempotencyKeyReused, ProblemCodes.AnswerErased]);
        }

        if (Find<HasTag>()?.Changed is { } changed)
        {
            problems.Add(changed);
        }

        problems.AddRange(_metadata.OfType<FailsWith>().SelectMany(fails => fails.Problems));
        return problems;
    }

    private IOpenApiResponse Answer(int status, List<ProblemCode> problems)
    {
        var response = new OpenApiResponse
        {
            Description = problems.Count == 0
                ? "Another problem (RFC 9457); `type` tells which."
                : string.Join(", ", problems.Select(problem => $"{problem.Title} (`{problem.Code}`)")) + ".",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ProblemJson] = Body(problems),
            },
        };
        Headers(response, status);
        var areCommon = problems.TrueForAll(
            p => Everywhere.Contains(p) || OfBodies.Contains(p) || OfTokens.Contains(p));
        // The shared 400 has the problems of bodies.
        var lacksSome = status == StatusCodes.Status400BadRequest && operation.RequestBody is null;
        if (!areCommon || lacksSome)
        {
            return response;
        }

        var name = status == 0 ? "Problem" : $"Problem{status.ToString(CultureInfo.InvariantCulture)}";
        var known = (context.Document!.Components ??= new()).Responses ??=
            new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        known.TryAdd(name, response);
        return new OpenApiResponseReference(name, context.Document);
    }

    private OpenApiMediaType Body(List<ProblemCode> problems) => new()
    {
        Schema = new OpenApiSchemaReference(OpenApiSetup.Problem, context.Document),
        Examples = problems.Count == 0 ? null : problems.ToDictionary(p => p.Code, Example, StringComparer.Ordinal),
    };

    private static IOpenApiExample Example(ProblemCode problem) => new OpenApiExample
    {
        Summary = problem.Title,
        Value = new JsonObject
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        },
    };

    private void Events(OpenApiResponse response)
    {
        if (Find<HasEvents>() is { } events
            && response.Content?.FirstOrDefault(c => c.Key == "text/event-stream").Value is { } stream)
        {
            response.Description = "Server-sent events: `id` is the entry's `sequence`, `event` its `kind`, and "
                + $"`data` the entry, one line of JSON (schema `{events.Item}`). Lines that begin with a colon keep "
                + "the connection alive. The stream ends when the application has ended, or the token is no longer "
                + "good; who comes back with `Last-Event-ID` misses nothing, and is answered 204 when nothing more "
                + "comes.";
            stream.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = int.MaxValue };
            stream.Example = JsonValue.Create(events.Example);
        }
    }

    private void Headers(OpenApiResponse response, int status)
    {
        List<string> names =
            [AnswerHeaders.TraceId, AnswerHeaders.RateLimit, AnswerHeaders.RateLimitPolicy, HeaderNames.CacheControl];
        var isGood = status is >= 200 and < 400;
        // A problem may come after the language was chosen. Operations share it, so it has these headers for all of
        // them.
        if (!isGood || Has<HasLanguages>())
        {
            names.AddRange([HeaderNames.ContentLanguage, HeaderNames.Vary]);
        }

        if (isGood && Has<HasTag>())
        {
            names.Add(HeaderNames.ETag);
        }

        if (status is StatusCodes.Status200OK && Has<HasEvents>())
        {
            names.Add(AnswerHeaders.AccelBuffering);
        }

        if (isGood && Has<HasPages>())
        {
            names.Add(HeaderNames.Link);
        }

        if (isGood && Has<HasIdempotencyKey>())
        {
            names.Add(StoredAnswer.Replayed);
        }

        names.AddRange(status switch
        {
            StatusCodes.Status201Created => [HeaderNames.Location],
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => [HeaderNames.WWWAuthenticate],
            StatusCodes.Status415UnsupportedMediaType => [HeaderNames.AcceptEncoding],
            StatusCodes.Status429TooManyRequests or StatusCodes.Status502BadGateway
                or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
                [HeaderNames.RetryAfter],
            0 => [HeaderNames.Allow, HeaderNames.AcceptEncoding],
            _ => Array.Empty<string>(),
        });
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            response.Headers[name] = KnownHeaders.Refer(name, context.Document!);
        }
    }

    private void Parameters()
    {
        operation.Parameters ??= [];
        if (Find<HasTag>() is { } tag)
        {
            var name = context.Description.HttpMethod == HttpMethods.Get
                ? HeaderNames.IfNoneMatch
                : HeaderNames.IfMatch;
            foreach (var declared in operation.Parameters.Where(p => p.Name == name).ToList())
            {
                operation.Parameters.Remove(declared);
            }

            if (name == HeaderNames.IfNoneMatch || tag.Changed is not null)
            {
                operation.Parameters.Add(KnownHeaders.Parameter(name));
            }
        }

        if (Has<HasLanguages>())
        {
            operation.Parameters.Add(KnownHeaders.Parameter(HeaderNames.AcceptLanguage));
        }

        if (Has<HasIdempotencyKey>())
        {
            operation.Parameters.Add(KnownHeaders.Parameter(IdempotencyFilter.Header));
        }

        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            var own = Method()?.GetParameters().FirstOrDefault(p => NameOf(p) == parameter.Name);
            if (own is not null)
            {
                parameter.Description ??= XmlDocs.Of(own);
                parameter.Schema = SchemaTruth.Limit(parameter.Schema!, own);
            }
        }
    }

    private void Secure()
    {
        if (!IsAnonymous())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(OpenApiSetup.SecurityScheme, context.Document)] =
                        [.. _metadata.OfType<RequiredScope>().Select(required => required.Scope)],
                },
            ];
        }
    }

    public static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes(inherit: true)
            .OfType<IModelNameProvider>().FirstOrDefault()?.Name ?? parameter.Name!;

    private MethodInfo? Method() => Find<MethodInfo>();

    private bool IsAnonymous() => _metadata.OfType<IAllowAnonymous>().Any();

    [GeneratedRegex(@"^`[A-Z]+ /[^`]*`[:,.]?\s*", RegexOptions.None, 1000)]
    private static partial Regex Address();

    private bool Has<T>() where T : class => Find<T>() is not null;

    private T? Find<T>() where T : class => _metadata.OfType<T>().FirstOrDefault();
}
