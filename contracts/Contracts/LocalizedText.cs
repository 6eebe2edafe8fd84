namespace Mpp.Contracts;

/// <summary>A text for people in the two languages of the system.</summary>
/// <param name="Id">Indonesian, the language of the law and the default.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Id, string En)
{
    /// <summary>The text in a language: <c>en</c> gives English, everything else Indonesian.</summary>
    /// <param name="language">A two-letter language code.</param>
    public string In(string language) => string.Equals(language, "en", StringComparison.OrdinalIgnoreCase) ? En : Id;
}
