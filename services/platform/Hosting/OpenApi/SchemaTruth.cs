using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Mpp.Hosting.Description;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// Makes the schemas say what really goes over the wire, from what the serializer itself knows of each member. Answers
/// leave out what is null and may grow; what a caller sends is closed to further members, may be null where the type
/// allows it, and must be there unless the type has a default. So a type that goes both ways has two schemas.
/// </summary>
/// <param name="document">The document.</param>
/// <param name="types">The types behind its schemas, by name.</param>
internal sealed class SchemaTruth(OpenApiDocument document, IReadOnlyDictionary<string, JsonTypeInfo> types)
{
    private const string Suffix = "Input";

    private readonly IDictionary<string, IOpenApiSchema> _schemas =
        (document.Components ??= new()).Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);

    private readonly HashSet<string> _both = new(StringComparer.Ordinal);

    public void Tell()
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations ?? [])
            .Select(operation => operation.Value).ToList();
        List<OpenApiMediaType> sent = [.. operations.SelectMany(o => Media(o.RequestBody?.Content))];
        List<OpenApiMediaType> answered = [.. operations
            .SelectMany(o => o.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>())
            .SelectMany(r => Media(r.Content))];
        var requests = Reached(sent.Select(m => m.Schema));
        var answers = Reached(answered.Select(m => m.Schema));
        _both.UnionWith(requests.Where(name => answers.Contains(name) && IsObject(name)));

        foreach (var (name, schema) in _schemas.ToList())
        {
            if (!IsObject(name))
            {
                _schemas[name] = Enumeration(name, (OpenApiSchema)schema);
                continue;
            }

            if (_both.Contains(name))
            {
                _schemas[name + Suffix] = Object(name, (OpenApiSchema)schema, isSent: true);
            }

            _schemas[name] =
                Object(name, (OpenApiSchema)schema, isSent: requests.Contains(name) && !_both.Contains(name));
        }

        foreach (var media in sent)
        {
            media.Schema = Rewrite(media.Schema!, isSent: true);
        }

        document.RegisterComponents();
    }

    /// <summary>A parameter of an operation with its limits.</summary>
    public static OpenApiSchema Limit(IOpenApiSchema schema, ParameterInfo parameter)
    {
        var own = (OpenApiSchema)schema.CreateShallowCopy();
        own.Type = own.Type is { } type ? type & ~JsonSchemaType.Null : null;
        Limits.Moment(own);
        Limits.Apply(
            own, owner: null, OperationTruth.NameOf(parameter), parameter.GetCustomAttributes(inherit: true));
        return own;
    }

    private IOpenApiSchema Limit(IOpenApiSchema schema, string owner, string name, IReadOnlyList<object> attributes)
    {
        if (attributes.OfType<ValuesAttribute>().FirstOrDefault() is { } values)
        {
            return Values(values);
        }

        if (schema is OpenApiSchema own)
        {
            Limits.Apply(own, owner, name, attributes);
        }

        return schema;
    }

    private OpenApiSchema Object(string name, OpenApiSchema generated, bool isSent)
    {
        var type = types[name];
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = XmlDocs.Of(type.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
            Required = new HashSet<string>(StringComparer.Ordinal),
            AdditionalPropertiesAllowed = !isSent,
        };
        foreach (var member in type.Properties.Where(p => isSent
            ? p.Set is not null || p.AssociatedParameter is not null
            : p.Get is not null))
        {
            var mayBeNull = isSent && member.IsSetNullable && CanBeNull(member.PropertyType);
            var says = Says(member);
            var told = Known(member.PropertyType, says) ?? Rewrite(generated.Properties![member.Name], isSent);
            if (told is OpenApiSchema { Items: OpenApiSchema } list && Elements(member.PropertyType) is { } elements)
            {
                list.Items = new OpenApiSchemaReference(elements, document);
            }

            told = Limit(told, name, member.Name, says);
            schema.Properties[member.Name] = Describe(mayBeNull ? OrNull(told) : told, member);
            var isOmitted = member.IsGetNullable && CanBeNull(member.PropertyType);
            if (isSent ? member.IsRequired : !isOmitted)
            {
                schema.Required.Add(member.Name);
            }
        }

        return schema;
    }

    private static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>The attributes of a property, and of the record's parameter that it comes from.</summary>
    private static IReadOnlyList<object> Says(JsonPropertyInfo member) =>
        [.. new[] { member.AttributeProvider, member.AssociatedParameter?.AttributeProvider }
            .SelectMany(says => says?.GetCustomAttributes(inherit: true) ?? [])];

    /// <summary>
    /// The schema of a list's elements, which the generator writes out in place in types that it met alone.
    /// </summary>
    private string? Elements(Type list) => _schemas.Keys.FirstOrDefault(name =>
        types.TryGetValue(name, out var type) && list.IsGenericType && list.GenericTypeArguments[0] == type.Type);

    /// <summary>
    /// What the generator cannot know: JSON that no type describes, an object or anything, and what a converter writes.
    /// </summary>
    private static OpenApiSchema? Known(Type type, IReadOnlyList<object> says) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(JsonObject) || (t == typeof(JsonElement)
                && says.OfType<FreeObjectAttribute>().Any()) => new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    AdditionalProperties = new OpenApiSchema(),
                },
            var t when t == typeof(JsonElement) => new OpenApiSchema(),
            var t when t == typeof(DateTimeOffset) => Limits.Of("date-time"),
            _ => null,
        };

    /// <summary>
    /// The same schema without null, which is added where it is allowed, and with the schemas of one direction.
    /// </summary>
    private IOpenApiSchema Rewrite(IOpenApiSchema schema, bool isSent)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return new OpenApiSchemaReference(isSent && _both.Contains(id) ? id + Suffix : id, document);
        }

        if (schema.OneOf is { Count: > 0 } choices
            && choices.Where(c => c.Type is not JsonSchemaType.Null).ToList() is [var only])
        {
            return Rewrite(only, isSent);
        }

        var copy = (OpenApiSchema)schema.CreateShallowCopy();
        copy.Metadata = null;
        copy.Type = copy.Type is { } type ? type & ~JsonSchemaType.Null : null;
        copy.Items = copy.Items is null ? null : Rewrite(copy.Items, isSent);
        Limits.Moment(copy);
        return copy;
    }

    private static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema own)
        {
            own.Type = own.Type is null ? null : own.Type | JsonSchemaType.Null;
            return own;
        }

        return new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, schema] };
    }

    private static IOpenApiSchema Describe(IOpenApiSchema schema, JsonPropertyInfo member)
    {
        if ((member.AttributeProvider as PropertyInfo) is { } property && XmlDocs.Of(property) is { Length: > 0 } text)
        {
            switch (schema)
            {
                case OpenApiSchema own:
                    own.Description = text;
                    break;
                case OpenApiSchemaReference reference:
                    reference.Description = text;
                    break;
            }
        }

        return schema;
    }

    /// <summary>
    /// Enums are sent as text, which the generator does not say. Null is added where an enum is referred to.
    /// </summary>
    private OpenApiSchema Enumeration(string name, OpenApiSchema schema)
    {
        schema.Description ??= types.TryGetValue(name, out var type)
            ? XmlDocs.Of(Nullable.GetUnderlyingType(type.Type) ?? type.Type)
            : null;
        if (schema.Enum is { Count: > 0 })
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. schema.Enum.Where(value =>
                value is not null && !value.IsJsonNullSentinel() && value.GetValueKind() != JsonValueKind.Null)];
        }

        return schema;
    }

    private OpenApiSchemaReference Values(ValuesAttribute values)
    {
        _schemas.TryAdd(values.Name, new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = values.Description,
            Enum = [.. values.Values.Select(value => (JsonNode)JsonValue.Create(value))],
        });
        document.RegisterComponents();
        return new OpenApiSchemaReference(values.Name, document);
    }

    private bool IsObject(string name) =>
        types.TryGetValue(name, out var type) && type.Kind is JsonTypeInfoKind.Object;

    private static HashSet<string> Reached(IEnumerable<IOpenApiSchema?> roots)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var todo = new Stack<IOpenApiSchema?>(roots);
        while (todo.TryPop(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id } && !names.Add(id))
            {
                continue;
            }

            var target = schema is OpenApiSchemaReference reference ? reference.RecursiveTarget : schema;
            foreach (var inner in (target?.Properties?.Values ?? []).Concat(target?.OneOf ?? [])
                .Append(target?.Items).Where(inner => inner is not null))
            {
                todo.Push(inner);
            }
        }

        return names;
    }

    private static IEnumerable<OpenApiMediaType> Media(IDictionary<string, OpenApiMediaType>? content) =>
        content?.Values.Where(media => media.Schema is not null) ?? [];
}
