namespace Mpp.CivilRegistry.Persons;

/// <summary>
/// What two spellings of one name or number have in common: letters and digits in upper case, without spaces and
/// punctuation. <c>Nur'aini Sao-Sao</c> and <c>NURAINI SAO SAO</c> are the same; <c>Muh.</c> and <c>Muhammad</c> are
/// not. Names are registered without accents (Permendagri 73/2022 art. 5), so none are taken off.
/// </summary>
internal static class ComparisonKey
{
    public static string Of(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));

    public static bool Same(string a, string b) => Of(a) == Of(b);
}
