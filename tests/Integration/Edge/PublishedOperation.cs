using System.Text.Json.Nodes;

namespace Mpp.Integration.Edge;

/// <summary>An operation of the published document.</summary>
internal sealed record PublishedOperation(string Method, string Path, JsonObject Definition, JsonObject Document)
{
    /// <summary>What is asked for in place of a path's parameters, where nothing else is said: nothing that is there.
    /// </summary>
    public const string Nowhere = "7402-261122-K7QX4M";

    /// <summary>Whether it takes a body.</summary>
    public bool HasBody => Definition.ContainsKey("requestBody");

    /// <summary>Every operation but those of the sandbox, which exist for tests.</summary>
    public static IReadOnlyList<PublishedOperation> Of(JsonObject document) => [.. document["paths"]!.AsObject()
        .Where(path => path.Key.StartsWith("/v1/", StringComparison.Ordinal))
        .SelectMany(path => path.Value!.AsObject().Select(operation => new PublishedOperation(
            operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), document)))];

    /// <summary>The names of its parameters in the path, in the query or among the headers.</summary>
    /// <param name="place"><c>path</c>, <c>query</c> or <c>header</c>.</param>
    /// <param name="type">Only those of a type.</param>
    public IEnumerable<string> Parameters(string place, string? type = null) =>
        (Definition["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject())
            .Where(p => (string?)p["in"] == place && (type is null || Types(p["schema"]!).Contains(type)))
            .Select(p => (string)p["name"]!);

    /// <summary>Its address.</summary>
    /// <param name="value">In place of every parameter.</param>
    public string Address(string value = Nowhere) =>
        Parameters("path").Aggregate(Path, (path, name) => path.Replace(
            $"{{{name}}}", Uri.EscapeDataString(value == Nowhere ? NowhereFor(name) : value),
            StringComparison.Ordinal));

    /// <summary>Its address, where some of its parameters have values that lead further.</summary>
    /// <param name="known">Parameter → value.</param>
    public string Address(IReadOnlyDictionary<string, JsonNode> known) =>
        Parameters("path").Aggregate(Path, (path, name) => path.Replace($"{{{name}}}",
            known.TryGetValue(name, out var value) ? (string)value! : NowhereFor(name), StringComparison.Ordinal));

    /// <summary>What leads nowhere and has the parameter's form.</summary>
    private string NowhereFor(string parameter) => Definition["parameters"]!.AsArray().Any(
        p => (string?)p!["name"] == parameter && (string?)p["schema"]!["format"] == "uuid")
            ? Guid.Empty.ToString()
            : Nowhere;

    /// <summary>A body as the schema has it, every member there.</summary>
    /// <param name="text">In place of every text.</param>
    /// <param name="number">In place of every number, and where anything is allowed.</param>
    /// <param name="known">Member → value that leads further.</param>
    /// <param name="turn">Which of the values of an enum it is.</param>
    public JsonNode? Body(
        string text, JsonNode number, IReadOnlyDictionary<string, JsonNode>? known = null, int turn = 0) => Sample(
            Definition["requestBody"]!["content"]!["application/json"]!["schema"]!,
            new(text, number, known ?? new Dictionary<string, JsonNode>(StringComparer.Ordinal), turn));

    /// <summary>The places of its body that have a format: JSON Pointers into what <see cref="Body"/> gives.</summary>
    /// <param name="format">For example <c>date</c>.</param>
    public IEnumerable<string> BodyPlaces(string format) =>
        Places(Definition["requestBody"]!["content"]!["application/json"]!["schema"]!, format, "");

    public override string ToString() => $"{Method} {Path}";

    private IEnumerable<string> Places(JsonNode schema, string format, string pointer) => Meant(schema) switch
    {
        var meant when (string?)meant["format"] == format => [pointer],
        var meant when meant["properties"] is JsonObject members =>
            members.SelectMany(member => Places(member.Value!, format, $"{pointer}/{member.Key}")),
        var meant when meant["items"] is { } items => Places(items, format, $"{pointer}/0"),
        _ => [],
    };

    /// <summary>What a schema refers to, where it is more than null.</summary>
    private JsonNode Meant(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? Meant(Document["components"]!["schemas"]![reference.Split('/')[^1]]!)
        : schema["oneOf"] is JsonArray choices ? Meant(choices.First(c => !Types(c!).Contains("null"))!)
        : schema;

    private JsonNode? Sample(JsonNode given, Filling filling)
    {
        var schema = Meant(given);

        if (schema["enum"] is JsonArray values)
        {
            return values[filling.Turn % values.Count]!.DeepClone();
        }

        return Types(schema).FirstOrDefault(t => t is not "null") switch
        {
            "object" when schema["properties"] is { } properties => new JsonObject(properties.AsObject()
                .Select(p => KeyValuePair.Create(p.Key, Known(p.Key, p.Value!, filling)))),
            "array" => new JsonArray(Sample(schema["items"]!, filling)),
            "string" => (string?)schema["format"] switch
            {
                "date-time" => "2026-11-22T10:00:00Z",
                "date" => "2026-11-22",
                _ => filling.Text,
            },
            "integer" or "number" => filling.Number.DeepClone(),
            "boolean" => true,
            // Free JSON.
            _ => new JsonObject { ["text"] = filling.Text, ["number"] = filling.Number.DeepClone() },
        };
    }

    private JsonNode? Known(string name, JsonNode schema, Filling filling) =>
        filling.Known.TryGetValue(name, out var value) ? value.DeepClone() : Sample(schema, filling);

    private static string[] Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(t => (string)t!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private sealed record Filling(string Text, JsonNode Number, IReadOnlyDictionary<string, JsonNode> Known, int Turn);
}
