using System.Collections.Immutable;
using System.Text.Json;

namespace Mpp.Support.Inputs;

/// <summary>A text that is taken nowhere.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Json">As it stands in JSON, with its quotes.</param>
/// <param name="Code">What is said of it.</param>
public sealed record BadText(string Name, string Json, string Code)
{
    /// <summary>At least one of every kind.</summary>
    public static ImmutableArray<BadText> All { get; } =
    [
        Of("U+0000", "a\0b", "control-character"),
        Of("a line break", "Siti\nAminah", "control-character"),
        Of("a tab", "Siti\tAminah", "control-character"),
        Of("a control character of the upper half", "a\u0085b", "control-character"),
        Of("a separator of lines", "a\u2028b", "control-character"),
        Of("a right-to-left override", "a\u202eb", "invisible-character"),
        Of("an isolate", "a\u2066b\u2069", "invisible-character"),
        Of("a mark of direction", "a\u200fb", "invisible-character"),
        Of("nothing but zero width", "\u200b", "invisible-character"),
        Of("a zero width joiner", "Si\u200dti", "invisible-character"),
        Of("a byte order mark", "\ufeffSiti", "invisible-character"),
        Of("a filler that is a letter", "\u3164", "invisible-character"),
        Of("another filler", "\u115f\u1160", "invisible-character"),
        Of("a blank of Braille", "\u2800", "invisible-character"),
        Of("a variation selector", "a\ufe0f", "invisible-character"),
        Of("a tag", "a\U000E0061", "invisible-character"),
        Of("dots", "...", "looks-empty"),
        Of("dashes", "---", "looks-empty"),
        Of("spaces", "   ", "looks-empty"),
        Of("a space that does not break", "\u00a0", "looks-empty"),
        Of("a wide space", "\u3000", "looks-empty"),
        Of("nothing", "", "looks-empty"),
        Of("a picture", "\U0001F476", "looks-empty"),
        Of("what another program could not read", "Sit\ufffd", "damaged-text"),
        Of("a character that is none", "a\ufdd0", "damaged-text"),
        Of("a character of private use", "a\ue000", "damaged-text"),
        new("half a surrogate pair", "\"a\\ud800b\"", "damaged-text"),
        Of("very many characters", new string('a', 1001), "too-long"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static BadText Of(string name, string text, string code) =>
        new(name, JsonSerializer.Serialize(text), code);
}
