using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>What is wrong with a text. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<TextFault>))]
public enum TextFault
{
    /// <summary>Half a surrogate pair, U+FFFD, or what Unicode gives no meaning: it was damaged on its way.</summary>
    DamagedText,
    /// <summary>A control character, such as a line break or a tab.</summary>
    ControlCharacter,
    /// <summary>A character that shows nothing: one without width, for the direction of writing, or a filler.</summary>
    InvisibleCharacter,
    /// <summary>Neither a letter nor a digit is in it.</summary>
    LooksEmpty,
    /// <summary>More characters than are kept.</summary>
    TooLong,
}

/// <summary>
/// The one rule for a text that comes from outside, whoever sends it and wherever it goes: texts that look the same are
/// stored the same, and a text that looks empty counts as empty. It is applied before a text is checked, compared or
/// stored.
/// </summary>
/// <remarks>
/// Texts that have been read are in Unicode's form NFC, with one space between their words and none at their ends.
/// Characters are counted in UTF-16, as <see cref="string.Length"/> does: PostgreSQL never counts more.
/// </remarks>
public static class TextRule
{
    /// <summary>The most characters of any text; fields have limits of their own below it.</summary>
    public const int Longest = 1000;

    /// <summary>Reads a text.</summary>
    /// <param name="given">As it came.</param>
    /// <param name="text">The text as it is compared and stored; as it came where it has a fault.</param>
    /// <param name="longest">The most characters.</param>
    /// <returns>What is wrong with it; <see langword="null"/> when it is good.</returns>
    public static TextFault? Read(string given, out string text, int longest = Longest)
    {
        ArgumentNullException.ThrowIfNull(given);
        text = given;
        var content = false;
        foreach (var rune in given.EnumerateRunes())
        {
            if (FaultOf(rune) is { } fault)
            {
                return fault;
            }

            content |= IsContent(rune);
        }

        if (!content)
        {
            return TextFault.LooksEmpty;
        }

        var read = WithSingleSpaces(given.Normalize(NormalizationForm.FormC));
        if (read.Length > longest)
        {
            return TextFault.TooLong;
        }

        text = read == given ? given : read;
        return null;
    }

    /// <summary>What is wrong with a text, as <see cref="Read"/> says it.</summary>
    /// <param name="given">As it came.</param>
    /// <param name="longest">The most characters.</param>
    public static TextFault? Fault(string given, int longest = Longest) => Read(given, out _, longest);

    /// <summary>A fault in words, for whoever gave the text.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="longest">The most characters.</param>
    public static LocalizedText Words(TextFault fault, int longest = Longest) => fault switch
    {
        TextFault.DamagedText => new("Teks memuat tanda yang rusak atau tidak dikenal.",
            "The text has characters that are damaged or unknown."),
        TextFault.ControlCharacter => new("Teks tidak boleh memuat karakter kontrol, ganti baris atau tab.",
            "The text must not have control characters, line breaks or tabs."),
        TextFault.InvisibleCharacter => new("Teks memuat karakter yang tidak terlihat.",
            "The text has characters that nobody sees."),
        TextFault.LooksEmpty => new("Teks harus memuat sekurang-kurangnya satu huruf atau angka.",
            "The text needs at least one letter or digit."),
        _ => new(string.Create(CultureInfo.InvariantCulture, $"Teks paling banyak {longest} karakter."),
            string.Create(CultureInfo.InvariantCulture, $"At most {longest} characters are expected.")),
    };

    /// <summary>Whether a character counts when two texts are compared.</summary>
    internal static bool IsContent(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static TextFault? FaultOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
            TextFault.ControlCharacter,
        UnicodeCategory.Format => TextFault.InvisibleCharacter,
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => TextFault.DamagedText,
        _ when rune == Rune.ReplacementChar => TextFault.DamagedText,
        _ when IsInvisible(rune.Value) => TextFault.InvisibleCharacter,
        _ => null,
    };

    /// <summary>
    /// Characters that Unicode calls default-ignorable but not format characters, and the Braille blank.
    /// </summary>
    private static bool IsInvisible(int value) => value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
        or (>= 0xE0000 and <= 0xE0FFF);

    private static string WithSingleSpaces(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
