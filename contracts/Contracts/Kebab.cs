using System.Text.Json;

namespace Mpp.Contracts;

/// <summary>An enum's values as text, on the wire and in databases: kebab-case, <c>awaiting-applicant</c>.</summary>
public static class Kebab
{
    /// <summary>A value as text.</summary>
    /// <param name="value">One that the enum names.</param>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Texts[value];

    /// <summary>All values by their text, in the enum's order.</summary>
    public static IReadOnlyDictionary<string, T> Values<T>() where T : struct, Enum => Names<T>.Values;

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<string, T> Values =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<T, string> Texts = Values.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
