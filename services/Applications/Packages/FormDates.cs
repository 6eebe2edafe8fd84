namespace Mpp.Applications.Packages;

/// <summary>
/// Checks that each date of a form is in the range that its schema names (<see cref="DateRange.Of"/>). JSON Schema has
/// no keyword for such a range, least of all for one that moves with the day.
/// </summary>
internal static class FormDates
{
    /// <summary>The dates that are out of their range, each with its pointer.</summary>
    /// <param name="schema">A schema of the catalogue.</param>
    /// <param name="value">The value that the schema describes.</param>
    /// <param name="pointer">Where the value is.</param>
    /// <param name="today">The day in the region.</param>
    public static IEnumerable<FieldError> Faults(
        JsonElement schema, JsonElement value, string pointer, DateOnly today) => value.ValueKind switch
        {
            JsonValueKind.Object when schema.TryGetProperty("properties", out var members) =>
                value.EnumerateObject().SelectMany(member => members.TryGetProperty(member.Name, out var inner)
                    ? Faults(inner, member.Value, $"{pointer}/{PointerToken.Escape(member.Name)}", today)
                    : []),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, i) => Faults(
                    items, item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), today)),
            JsonValueKind.String when IsDate(schema, value, out var date)
                && DateRange.Of(schema) is var range && !range.Contains(date, today) =>
                [new(pointer, ErrorCodes.OutOfRange, range.Words(today).En)],
            _ => [],
        };

    private static bool IsDate(JsonElement schema, JsonElement value, out DateOnly date)
    {
        date = default;
        return schema.TryGetProperty("format", out var format) && format.ValueEquals("date")
            && DateOnly.TryParseExact(
                value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}
