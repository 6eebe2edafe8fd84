using System.Text;

namespace Mpp.Applications.Packages;

/// <summary>
/// Turns NJsonSchema's path (<c>#/child.names[0]</c>) into a JSON Pointer. Dots and brackets in names are not escaped
/// there, so the document decides: the longest name that is there is meant, and what is not there at all is the name of
/// a missing field.
/// </summary>
internal static class SchemaPath
{
    public static string ToPointer(string? path, JsonElement document)
    {
        var rest = path is null ? "" : path.TrimStart('#').TrimStart('/');
        var pointer = new StringBuilder();
        for (var at = document; rest.Length > 0;)
        {
            var (token, taken) = Next(rest, ref at);
            pointer.Append('/').Append(PointerToken.Escape(token));
            rest = rest[taken..].TrimStart('.');
        }

        return pointer.ToString();
    }

    private static (string Token, int Taken) Next(string rest, ref JsonElement at)
    {
        if (at.ValueKind is JsonValueKind.Array
            && rest[0] == '[' && rest.IndexOf(']', StringComparison.Ordinal) is > 1 and var end
            && int.TryParse(rest.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < at.GetArrayLength())
        {
            at = at[index];
            return (index.ToString(CultureInfo.InvariantCulture), end + 1);
        }

        var name = at.ValueKind is not JsonValueKind.Object ? null : at.EnumerateObject().Select(p => p.Name)
            .Where(n => n.Length > 0 && rest.StartsWith(n, StringComparison.Ordinal)
                && (rest.Length == n.Length || rest[n.Length] is '.' or '['))
            .MaxBy(n => n.Length);
        at = name is null ? default : at.GetProperty(name);
        return name is null ? (rest, rest.Length) : (name, name.Length);
    }
}
