using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// The service's OpenAPI 3.1 document. What it says comes from the code: schemas from the serializer, limits from the
/// vocabulary, headers and problems from the endpoints' metadata, descriptions from comments, examples from the files
/// <c>openapi/{operation}.json</c> that the service embeds.
/// </summary>
internal static class OpenApiSetup
{
    public const string SecurityScheme = "token";
    public const string Problem = "Problem";

    public static void AddMppOpenApi(this IServiceCollection services, string service) =>
        services.AddOpenApi("v1", options =>
        {
            var types = new ConcurrentDictionary<string, JsonTypeInfo>(StringComparer.Ordinal);
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = type => Name(type, types);
            options.AddOperationTransformer((operation, context, _) =>
            {
                new OperationTruth(operation, context).Tell();
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer(async (document, context, cancellationToken) =>
            {
                document.Info = new OpenApiInfo { Title = $"MPP Digital: {service}", Version = "v1" };
                document.Servers = [];
                document.AddComponent<IOpenApiSecurityScheme>(SecurityScheme, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                });
                // No endpoint names these: every one may answer them.
                var schemas = document.Components!.Schemas ??=
                    new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
                foreach (var type in (Type[])[typeof(FieldError), typeof(ParameterError), typeof(ProblemBody)])
                {
                    var name = type == typeof(ProblemBody) ? Problem : type.Name;
                    schemas[name] = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
                    types[name] = types[type.Name];
                }

                new SchemaTruth(document, types).Tell();
                Examples.Show(document);
            });
        });

    /// <summary>The schema's name; free JSON has none: it is written where it is used.</summary>
    private static string? Name(JsonTypeInfo type, ConcurrentDictionary<string, JsonTypeInfo> types)
    {
        if (type.Type == typeof(JsonElement) || type.Type == typeof(JsonElement?)
            || type.Type.IsAssignableTo(typeof(JsonNode)))
        {
            return null;
        }

        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        if (name is not null)
        {
            types[name] = type;
        }

        return name;
    }
}

/// <summary>Examples of bodies: <c>openapi/{operation}.json</c> in the service's assembly.</summary>
internal static class Examples
{
    public static void Show(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(o => o.Value))
        {
            if (operation.RequestBody?.Content?.Values.FirstOrDefault() is { } sent)
            {
                sent.Example ??= Read($"openapi/{operation.OperationId}.json");
            }

            foreach (var answered in (operation.Responses ?? []).Where(r => r.Key is "200" or "201")
                .SelectMany(r => r.Value.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>()))
            {
                answered.Example ??= Read($"openapi/{operation.OperationId}.answer.json");
            }
        }
    }

    private static JsonNode? Read(string name)
    {
        using var stream = Assembly.GetEntryAssembly()?.GetManifestResourceStream(name);
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
