using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Mpp.Support.Contract;

/// <summary>
/// The published OpenAPI document, against which real answers are held: status, content type and headers are declared,
/// and the body is valid with every schema closed, so that a member that the document does not know is a fault.
/// </summary>
public sealed class PublishedContract
{
    /// <summary>Headers that HTTP itself has, of connections and bodies.</summary>
    private static readonly HashSet<string> OfHttp = new(
        ["Date", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What has no operation of its own, and any operation may answer before it is one.</summary>
    private static readonly HashSet<int> OfTheServer = [404, 405, 414, 415, 431, 505];

    private static readonly EvaluationOptions Strict = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    private readonly JsonObject _document;
    private readonly List<(Regex Path, string Template)> _paths;
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);
    private readonly Lock _one = new();

    private PublishedContract(JsonObject document)
    {
        _document = document;
        _paths = [.. document["paths"]!.AsObject().Select(path => (
            new Regex("^" + Regex.Replace(path.Key, @"\{[^}]+\}", "[^/]+", RegexOptions.None, Limit) + "$",
                RegexOptions.None, Limit), path.Key))];
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    /// <summary>The document as it is published.</summary>
    public static PublishedContract Load()
    {
        using var stream = typeof(PublishedContract).Assembly.GetManifestResourceStream("mpp.json")!;
        return new(JsonNode.Parse(stream)!.AsObject());
    }

    /// <summary>The answer's schema of a component.</summary>
    /// <param name="name">The component.</param>
    /// <param name="json">What is held against it.</param>
    /// <returns>The faults; none when it is good.</returns>
    public IReadOnlyList<string> Component(string name, JsonElement json) => Faults(
        name, () => new JsonObject { ["$ref"] = $"#/components/schemas/{name}" }, json);

    /// <summary>Holds an answer against the document.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Of the request, without the query.</param>
    /// <param name="status">The status.</param>
    /// <param name="mediaType">Of the body.</param>
    /// <param name="headers">All headers.</param>
    /// <param name="body">The body; <see langword="null"/> for a stream, which is read by others.</param>
    /// <returns>The faults, each with operation, status and place; none when it is good.</returns>
    public IReadOnlyList<string> Answer(
        string method, string path, int status, string? mediaType,
        IReadOnlyDictionary<string, string> headers, byte[]? body)
    {
        var template = _paths.Where(p => p.Path.IsMatch(path)).Select(p => p.Template).FirstOrDefault();
        var operation = template is null ? null
            : _document["paths"]![template]![method is "HEAD" ? "get" : method.ToLowerInvariant()]?.AsObject();
        if (operation is null)
        {
            return template is null && !path.StartsWith("/v1/", StringComparison.Ordinal) ? []
                : status is >= 400 ? [] : [$"{method} {path} {status}: the document has no such operation"];
        }

        var what = $"{operation["operationId"]} {status}";
        var responses = operation["responses"]!.AsObject();
        var response = Resolve(responses[$"{status}"]
            ?? (OfTheServer.Contains(status) ? responses["default"] : null))?.AsObject();
        if (response is null)
        {
            return [$"{what}: the status is not declared"];
        }

        var faults = Headers(response, headers).ToList();
        var content = response["content"]?.AsObject();
        if (body is { Length: > 0 } || (body is null && method is not "HEAD"))
        {
            if (mediaType is null || content?[mediaType] is not JsonObject media)
            {
                faults.Add($"content type {mediaType ?? "(none)"} is not declared");
            }
            else if (body is not null && mediaType.EndsWith("json", StringComparison.Ordinal))
            {
                var json = JsonElement.Parse(body);
                faults.AddRange(Faults($"{operation["operationId"]} {status}", () => media["schema"]!, json));
                if (media["examples"] is JsonObject kinds && json.TryGetProperty("type", out var type)
                    && !kinds.Any(kind => (string?)kind.Value!["value"]!["type"] == type.GetString()))
                {
                    faults.Add($"/type {type} is not declared for this status");
                }
            }
        }
        else if (method is not "HEAD" && content is { Count: > 0 })
        {
            faults.Add("the body is empty");
        }

        return [.. faults.Select(fault => $"{what}: {fault}")];
    }

    private IEnumerable<string> Headers(JsonObject response, IReadOnlyDictionary<string, string> headers)
    {
        var declared = response["headers"]?.AsObject() ?? [];
        foreach (var (name, value) in headers.Where(header => !OfHttp.Contains(header.Key)))
        {
            var schema = Resolve(declared.FirstOrDefault(
                header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)?["schema"];
            if (schema is null)
            {
                yield return $"header {name} is not declared";
            }
            else if (value.Length > (int)schema["maxLength"]!
                || (schema["pattern"] is { } pattern
                    && !Regex.IsMatch(value, (string)pattern!, RegexOptions.None, Limit)))
            {
                yield return $"header {name} has not the form that is declared";
            }
        }

        foreach (var (name, _) in declared.Where(
            header => (bool?)Resolve(header.Value)!["required"] is true && !headers.ContainsKey(header.Key)))
        {
            yield return $"header {name} is missing";
        }
    }

    private IReadOnlyList<string> Faults(string key, Func<JsonNode> schema, JsonElement json)
    {
        JsonSchema compiled;
        lock (_one)
        {
            if (!_schemas.TryGetValue(key, out compiled!))
            {
                _schemas[key] = compiled = Compile(schema());
            }
        }

        var result = compiled.Evaluate(json, Strict);
        return result.IsValid ? [] : [.. (result.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Select(error =>
                $"{detail.InstanceLocation} {error.Key}: {error.Value}"))];
    }

    /// <summary>A schema with all that it refers to, every object closed.</summary>
    private JsonSchema Compile(JsonNode schema)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = _document["components"]!["schemas"]!.DeepClone();
        Close(whole);
        return JsonSchema.FromText(
            whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject schema:
                if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
                {
                    schema["additionalProperties"] = false;
                }

                foreach (var (_, inner) in schema.ToList())
                {
                    Close(inner);
                }

                break;
            case JsonArray list:
                foreach (var inner in list)
                {
                    Close(inner);
                }

                break;
        }
    }

    private JsonNode? Resolve(JsonNode? node) => (string?)node?["$ref"] is { } reference
        ? reference.Split('/')[1..].Aggregate((JsonNode?)_document, (at, name) => at![name])
        : node;
}
