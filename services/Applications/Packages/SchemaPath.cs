using System.Text;

namespace Mpp.Applications.Packages;

/// <summary>
/// Turns NJsonSchema's path (<c>#/child.names[0]</c>) into a JSON Pointer. The path does not escape dots and brackets
/// in names, so the document decides: the longest name that the document has is meant, and a name that it does not have
/// is that of a missing field.
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
        if (at.ValueKind is JsonValueKind.Array && Index(rest) is { } index && index < at.GetArrayLength())
        {
            at = at[index];
            return (index.ToString(CultureInfo.InvariantCulture), rest.IndexOf(']', StringComparison.Ordinal) + 1);
        }

        bool Begins(string name) => name.Length > 0 && rest.StartsWith(name, StringComparison.Ordinal)
            && (rest.Length == name.Length || rest[name.Length] is '.' or '[');
        var name = at.ValueKind is not JsonValueKind.Object
            ? null
            : at.EnumerateObject().Select(p => p.Name).Where(Begins).MaxBy(n => n.Length);
        at = name is null ? default : at.GetProperty(name);
        return name is null ? (rest, rest.Length) : (name, name.Length);
    }

    /// <summary>The index that a path begins with, as <c>[0]</c>.</summary>
    private static int? Index(string rest)
    {
        var end = rest[0] == '[' ? rest.IndexOf(']', StringComparison.Ordinal) : -1;
        return end > 1 && int.TryParse(
            rest.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
