namespace Mpp.Operations.Records;

/// <summary>Reasons that people give in forms.</summary>
internal static class Reasons
{
    private const int Shortest = 3;
    private const int Longest = 500;

    /// <summary>The reason as it is stored; <see langword="null"/> when it is none.</summary>
    public static string? Read(string? given) =>
        given is not null && TextRule.Read(given.Trim(), out var read) is null
            && read.Length is >= Shortest and <= Longest
            ? read
            : null;
}
