using System.Text;
using Mpp.Contracts;

namespace Mpp.Hosting.Json;

/// <summary>
/// Turns the path of a <see cref="System.Text.Json.JsonException"/> (<c>$.child.names[0]</c>) into a JSON Pointer (RFC
/// 6901).
/// </summary>
internal static class JsonPointer
{
    public static string FromPath(string? path)
    {
        var pointer = new StringBuilder();
        var rest = (path ?? "").AsSpan();
        rest = rest.StartsWith("$", StringComparison.Ordinal) ? rest[1..] : rest;
        while (!rest.IsEmpty)
        {
            int taken;
            ReadOnlySpan<char> name;
            if (rest.StartsWith("['", StringComparison.Ordinal))
            {
                taken = ClosingBracket(rest);
                name = rest[2..taken];
                taken += 2;
            }
            else if (rest[0] == '[')
            {
                taken = rest.IndexOf(']') is var end and > 0 ? end : rest.Length;
                name = rest[1..taken++];
            }
            else
            {
                var start = rest[0] == '.' ? 1 : 0;
                var length = rest[start..].IndexOfAny('.', '[');
                taken = length < 0 ? rest.Length : start + length;
                name = rest[start..taken];
            }

            pointer.Append(Append("", name));
            rest = rest[Math.Min(taken, rest.Length)..];
        }

        return pointer.ToString();
    }

    /// <summary>The pointer to a member of what <paramref name="pointer"/> points to.</summary>
    public static string Append(string pointer, ReadOnlySpan<char> name) =>
        $"{pointer}/{PointerToken.Escape(name.ToString())}";

    /// <summary>
    /// Where <c>']</c> closes a quoted name. Names are not escaped, so a name may hold these two characters itself.
    /// </summary>
    private static int ClosingBracket(ReadOnlySpan<char> rest)
    {
        for (var i = 2; i + 1 < rest.Length; i++)
        {
            var isBracket = rest[i] == '\'' && rest[i + 1] == ']';
            if (isBracket && (i + 2 == rest.Length || rest[i + 2] is '.' or '['))
            {
                return i;
            }
        }

        return rest.Length;
    }
}
