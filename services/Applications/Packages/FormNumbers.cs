namespace Mpp.Applications.Packages;

/// <summary>
/// The numbers that a form may hold: those that every reader of JSON reads alike (RFC 7493, 2.2), so that none is cut
/// on its way or is more than a reader can hold.
/// </summary>
internal static class FormNumbers
{
    /// <summary>2⁵³ − 1, and the same below zero.</summary>
    private const decimal Most = 9_007_199_254_740_991;

    /// <summary>The numbers outside this range, each with its pointer.</summary>
    /// <param name="value">Any JSON.</param>
    /// <param name="pointer">Where it is.</param>
    public static IEnumerable<FieldError> Faults(JsonElement value, string pointer) => value.ValueKind switch
    {
        JsonValueKind.Number when !value.TryGetDecimal(out var number) || Math.Abs(number) > Most =>
            [new(pointer, ErrorCodes.OutOfRange, $"A number between -{Most} and {Most} is expected.")],
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(member => Faults(member.Value, $"{pointer}/{PointerToken.Escape(member.Name)}")),
        JsonValueKind.Array => value.EnumerateArray()
            .SelectMany((item, i) => Faults(item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"))),
        _ => [],
    };
}
