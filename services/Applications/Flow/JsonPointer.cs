using System.Text.Json.Nodes;

namespace Mpp.Applications.Flow;

/// <summary>JSON Pointer (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string[] Split(string pointer) =>
        pointer.StartsWith('/') ? Array.ConvertAll(pointer[1..].Split('/'), PointerToken.Unescape) : [];

    /// <summary>The value that the tokens lead to; <see langword="null"/> when there is none, or a JSON null.</summary>
    public static JsonElement? Resolve(JsonElement value, ReadOnlySpan<string> tokens)
    {
        foreach (var token in tokens)
        {
            var found = value.ValueKind switch
            {
                JsonValueKind.Object => value.TryGetProperty(token, out value),
                JsonValueKind.Array => TryGetItem(value, token, out value),
                _ => false,
            };
            if (!found)
            {
                return null;
            }
        }

        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : value;
    }

    /// <summary>The value with the changes put in; parent objects that are missing are made.</summary>
    /// <param name="value">An object.</param>
    /// <param name="changes">An object: pointer → value.</param>
    public static JsonElement Set(JsonElement value, JsonElement changes)
    {
        var root = JsonObject.Create(value) ?? [];
        foreach (var (pointer, changed) in changes.EnumerateObject().Select(c => (c.Name, c.Value)))
        {
            var tokens = Split(pointer);
            JsonNode parent = root;
            foreach (var token in tokens[..^1])
            {
                parent = parent switch
                {
                    JsonArray array when Index(token) is { } index
                        && index < array.Count && array[index] is { } item => item,
                    JsonObject parts => parts[token] ??= new JsonObject(),
                    _ => throw new ArgumentException($"There is no place {pointer}.", nameof(changes)),
                };
            }

            switch (parent)
            {
                case JsonArray array when Index(tokens[^1]) is { } index && index < array.Count:
                    array[index] = JsonSerializer.SerializeToNode(changed);
                    break;
                case JsonObject parts:
                    parts[tokens[^1]] = JsonSerializer.SerializeToNode(changed);
                    break;
                default:
                    throw new ArgumentException($"There is no place {pointer}.", nameof(changes));
            }
        }

        return JsonSerializer.SerializeToElement(root);
    }

    private static bool TryGetItem(JsonElement array, string token, out JsonElement item)
    {
        if (Index(token) is not { } index || index >= array.GetArrayLength())
        {
            item = default;
            return false;
        }

        item = array[index];
        return true;
    }

    // Leading zeros, signs and "-" (past the end) name nothing that can be read.
    private static int? Index(string token)
    {
        var leadingZero = token.StartsWith('0') && token is not "0";
        return !leadingZero && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }
}
