using System.Text;

namespace Mpp.Contracts;

/// <summary>
/// The key by which names and numbers are compared where one thing must not be registered twice: the letters and
/// digits, in upper case. Spaces, punctuation and the width of characters make no difference, but a gap between two
/// digits does: <c>12/3</c> and <c>1/23</c> are the numbers of two letters.
/// </summary>
/// <remarks>
/// A text that <see cref="TextRule"/> lets through has a letter or a digit in its key. A text without either is its own
/// key, so that two such texts never become one. A key is never longer than its text.
/// </remarks>
public static class TextKey
{
    /// <summary>
    /// <c>Nur'aini Sao-Sao</c> and <c>NURAINI SAO SAO</c> have the same key; <c>Muh.</c> and <c>Muhammad</c> do not.
    /// </summary>
    /// <param name="text">A name or a number.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new StringBuilder(text.Length);
        var (afterDigit, gap) = (false, false);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes().Select(Folded))
        {
            if (!TextRule.IsContent(rune))
            {
                gap = true;
                continue;
            }

            var digit = Rune.IsDigit(rune);
            if (gap && afterDigit && digit)
            {
                key.Append(' ');
            }

            key.Append(Rune.ToUpperInvariant(rune).ToString());
            (afterDigit, gap) = (digit, false);
        }

        return key.Length > 0 ? key.ToString() : text;
    }

    /// <summary>Whether two texts are one name or number.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool Same(string a, string b) => Of(a) == Of(b);

    /// <summary>
    /// A full-width character becomes the ordinary one; one that would become several characters stays as it is.
    /// </summary>
    private static Rune Folded(Rune rune) => rune.IsAscii
        ? rune
        : rune.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes().ToArray() is [var one] ? one : rune;
}
