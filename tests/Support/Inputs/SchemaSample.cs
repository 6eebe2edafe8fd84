using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mpp.Support.Inputs;

/// <summary>A value that a schema of the catalogue lets through, with every member, and the places in it.</summary>
public static class SchemaSample
{
    private static readonly string[] Texts =
    [
        "Contoh Satu", "7402422010840001", "AB12345678901234", "74.02",
        .. Enumerable.Range(1, 20).Select(length => new string('1', length)),
    ];

    /// <summary>The value.</summary>
    /// <param name="schema">The schema.</param>
    public static JsonNode Of(JsonNode schema) => Type(schema) switch
    {
        _ when schema["enum"] is JsonArray values => values[0]!.DeepClone(),
        "object" => new JsonObject(schema["properties"]!.AsObject()
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Of(member.Value!)))),
        "array" => new JsonArray([.. Enumerable.Range(0, Math.Max(1, (int?)schema["minItems"] ?? 1))
            .Select(_ => Of(schema["items"]!))]),
        "string" when (string?)schema["format"] == "date" => "2020-05-17",
        "string" => Texts.First(text => text.Length <= ((int?)schema["maxLength"] ?? text.Length)
            && Regex.IsMatch(text, (string?)schema["pattern"] ?? "", RegexOptions.None, TimeSpan.FromSeconds(1))),
        "boolean" => true,
        _ => Math.Max(1, (int?)schema["minimum"] ?? 1),
    };

    /// <summary>The places of the sample that are neither object nor list: JSON Pointer and schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="pointer">Where the sample is.</param>
    public static IEnumerable<(string Pointer, JsonNode Schema)> Leaves(JsonNode schema, string pointer = "") =>
        Type(schema) switch
        {
            "object" => schema["properties"]!.AsObject()
                .SelectMany(member => Leaves(member.Value!, $"{pointer}/{member.Key}")),
            "array" => Leaves(schema["items"]!, $"{pointer}/0"),
            _ => [(pointer, schema)],
        };

    /// <summary>Whether a place is a text: a date and a listed value are some, too.</summary>
    /// <param name="schema">Its schema.</param>
    public static bool IsText(JsonNode schema) => Type(schema) == "string";

    /// <summary>Whether a place is a date.</summary>
    /// <param name="schema">Its schema.</param>
    public static bool IsDate(JsonNode schema) => (string?)schema["format"] == "date";

    /// <summary>The JSON with something else at a place.</summary>
    /// <param name="json">The whole; it is not changed.</param>
    /// <param name="pointer">The place.</param>
    /// <param name="raw">JSON, well-formed or not.</param>
    public static string With(JsonNode json, string pointer, string raw)
    {
        const string mark = "the other thing stands here";
        var copy = json.DeepClone();
        var names = pointer.Split('/')[1..];
        var at = names[..^1].Aggregate(copy, (node, name) => node is JsonArray list ? list[Index(name)]! : node[name]!);
        if (at is JsonArray array)
        {
            array[Index(names[^1])] = mark;
        }
        else
        {
            at[names[^1]] = mark;
        }

        return copy.ToJsonString().Replace($"\"{mark}\"", raw, StringComparison.Ordinal);
    }

    private static int Index(string name) => int.Parse(name, CultureInfo.InvariantCulture);

    private static string? Type(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(t => (string)t!).First(t => t != "null"),
        JsonNode one => (string)one!,
        null => null,
    };
}
