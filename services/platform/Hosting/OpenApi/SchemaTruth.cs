using Microsoft.OpenApi;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// Makes the schemas say what really goes over the wire. Answers leave out what is null, so a member that may be null
/// is not required; and answers may grow, so only what a caller sends is closed to further members.
/// </summary>
internal static class SchemaTruth
{
    public static void Tell(OpenApiDocument document)
    {
        var sent = new HashSet<IOpenApiSchema>(ReferenceEqualityComparer.Instance);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? [])
            .Select(operation => operation.Value))
        {
            foreach (var body in operation.RequestBody?.Content?.Values ?? [])
            {
                Collect(body.Schema, sent);
            }
        }

        var all = new HashSet<IOpenApiSchema>(ReferenceEqualityComparer.Instance);
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            Collect(schema, all);
        }

        foreach (var schema in all.OfType<OpenApiSchema>())
        {
            Correct(schema, isAnswer: !sent.Contains(schema));
        }
    }

    private static void Correct(OpenApiSchema schema, bool isAnswer)
    {
        // Enums go as text, which the generator does not say.
        if (schema.Enum is { Count: > 0 } && schema.Type is null)
        {
            schema.Type = JsonSchemaType.String;
            // Where null is allowed, the place that refers to the enum says so; the enum itself is shared.
            schema.Enum = [.. schema.Enum.Where(value => value is not null
                && !value.IsJsonNullSentinel() && value.GetValueKind() != System.Text.Json.JsonValueKind.Null)];
        }

        if (!isAnswer)
        {
            return;
        }

        schema.AdditionalPropertiesAllowed = true;
        foreach (var (name, member) in schema.Properties
            ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (MayBeNull(member))
            {
                schema.Required?.Remove(name);
            }
        }
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<IOpenApiSchema> sent)
    {
        var target = schema is OpenApiSchemaReference reference ? reference.RecursiveTarget : schema as OpenApiSchema;
        if (target is null || !sent.Add(target))
        {
            return;
        }

        Collect(target.Items, sent);
        foreach (var inner in (target.Properties?.Values ?? []).Concat(target.OneOf ?? [])
            .Concat(target.AnyOf ?? []).Concat(target.AllOf ?? []))
        {
            Collect(inner, sent);
        }
    }

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type is { } type && type.HasFlag(JsonSchemaType.Null)
        || (schema.OneOf ?? []).Any(one => one.Type == JsonSchemaType.Null);
}
