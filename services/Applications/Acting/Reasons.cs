namespace Mpp.Applications.Acting;

/// <summary>
/// The words in which somebody says why. Everybody who reads the application sees them in the timeline.
/// </summary>
internal static class Reasons
{
    public const int Shortest = 3;
    public const int Longest = 500;

    /// <summary>What is wrong with the field <c>/reason</c>.</summary>
    public static Problem? Fault(string? reason, bool required) => reason switch
    {
        null when required => Problem.Invalid("/reason", ErrorCodes.Missing, "An operator says why."),
        { Length: < Shortest or > Longest } => Problem.Invalid(
            "/reason", ErrorCodes.InvalidText, $"{Shortest} to {Longest} characters are expected."),
        _ => null,
    };
}
