namespace Mpp.Applications.Packages;

/// <summary>
/// The dates of a form, each in the range that its schema names (<see cref="DateRange.Of"/>). No keyword of JSON Schema
/// says so, least of all one that moves with the day.
/// </summary>
internal static class FormDates
{
    /// <summary>The dates that are out of their range, each with its pointer.</summary>
    /// <param name="schema">A schema of the catalogue.</param>
    /// <param name="value">What it is about.</param>
    /// <param name="pointer">Where that is.</param>
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
            JsonValueKind.String when schema.TryGetProperty("format", out var format) && format.ValueEquals("date")
                && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out var date)
                && DateRange.Of(schema) is var range && !range.Contains(date, today) =>
                [new(pointer, ErrorCodes.OutOfRange, range.Words(today).En)],
            _ => [],
        };
}
