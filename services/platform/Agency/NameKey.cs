namespace Mpp.Agency;

/// <summary>A name as registers compare it: upper case, and one space between its words.</summary>
public static class NameKey
{
    /// <summary><c> siti  Aisyah</c> and <c>SITI AISYAH</c> have the same.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Join(' ', name.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
