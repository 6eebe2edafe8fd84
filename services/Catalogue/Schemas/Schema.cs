using System.Globalization;
using System.Text.RegularExpressions;
using Mpp.Contracts;

namespace Mpp.Catalogue.Schemas;

/// <summary>
/// The part of JSON Schema that definitions may use. It is small enough that two schemas can be compared with each
/// other. So a mapping is checked without an application: see <see cref="SchemaInclusion"/>.
/// </summary>
internal sealed record Schema
{
    public required IReadOnlyList<string> Types { get; init; }

    public IReadOnlyDictionary<string, Schema> Properties { get; init; } =
        new Dictionary<string, Schema>(StringComparer.Ordinal);

    public IReadOnlySet<string> Required { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public Schema? Items { get; init; }

    public IReadOnlyList<JsonElement>? Enum { get; init; }

    public string? Format { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Of a date: from when to when it may be.</summary>
    public DateRange Range { get; init; } = DateRange.Widest;

    /// <summary>Lower limits of length (texts), value (numbers) and count (arrays).</summary>
    public IReadOnlyDictionary<string, decimal> Minima { get; init; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Upper limits of the same, under the same names.</summary>
    public IReadOnlyDictionary<string, decimal> Maxima { get; init; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>
    /// Whether a value satisfies this; what is inside an array or object is not looked at. That is enough for the
    /// values of conditions, which are numbers, flags and short texts.
    /// </summary>
    public bool Accepts(JsonElement value)
    {
        var typed = value.ValueKind switch
        {
            JsonValueKind.String => Types.Contains("string"),
            JsonValueKind.Number => Types.Contains("number") || (Types.Contains("integer") && value.TryGetInt64(out _)),
            JsonValueKind.True or JsonValueKind.False => Types.Contains("boolean"),
            JsonValueKind.Null => Types.Contains("null"),
            JsonValueKind.Array => Types.Contains("array"),
            _ => Types.Contains("object"),
        };
        var listed = Enum?.Any(e => JsonElement.DeepEquals(e, value)) != false;
        return typed && listed && value.ValueKind switch
        {
            JsonValueKind.String => AcceptsText(value.GetString()!),
            JsonValueKind.Number => Within("value", value.GetDecimal()),
            _ => true,
        };
    }

    private bool AcceptsText(string text)
    {
        bool Matches() => Pattern is null || Regex.IsMatch(text, Pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        bool FitsFormat() => Format != "date" || DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return Within("length", text.Length) && Matches() && FitsFormat();
    }

    /// <summary>Every property that is no object, at any depth, with its JSON Pointer.</summary>
    public IEnumerable<string> Leaves(string prefix = "") => Properties.SelectMany(p =>
        p.Value.Types.Contains("object") ? p.Value.Leaves($"{prefix}/{p.Key}") : [$"{prefix}/{p.Key}"]);

    private bool Within(string limit, decimal value) =>
        (!Minima.TryGetValue(limit, out var minimum) || value >= minimum)
        && (!Maxima.TryGetValue(limit, out var maximum) || value <= maximum);
}
