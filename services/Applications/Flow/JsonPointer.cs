using System.Globalization;
using System.Text.Json;

namespace Mpp.Applications.Flow;

/// <summary>JSON Pointer (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string[] Split(string pointer) =>
        pointer.StartsWith('/') ? Array.ConvertAll(pointer[1..].Split('/'), Unescape) : [];

    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The value that the tokens lead to; <see langword="null"/> when there is none, or a JSON null.</summary>
    public static JsonElement? Resolve(JsonElement value, ReadOnlySpan<string> tokens)
    {
        foreach (var token in tokens)
        {
            var found = value.ValueKind switch
            {
                JsonValueKind.Object => value.TryGetProperty(token, out value),
                JsonValueKind.Array => Index(token) is { } index && index < value.GetArrayLength() && (value = value[index]) is var _,
                _ => false,
            };
            if (!found)
            {
                return null;
            }
        }

        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : value;
    }

    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    // Leading zeros, signs and "-" (past the end) name nothing that can be read.
    private static int? Index(string token) =>
        (token is "0" || (token is not "" && token[0] is not '0')) && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
