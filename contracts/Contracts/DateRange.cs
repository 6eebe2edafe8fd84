using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mpp.Contracts;

/// <summary>
/// The first or the last day that a date may be: a day (<c>1900-01-01</c>), <c>today</c>, or a number of years before
/// or after today (<c>today+P20Y</c>, <c>today-P1Y</c>). Today is the day in the region of the application.
/// </summary>
public sealed partial record DateLimit
{
    /// <summary>
    /// Time only moves forward: a limit that moves with today is never earlier than it was on this day.
    /// </summary>
    private static readonly DateOnly Begun = new(2026, 1, 1);

    private readonly DateOnly? _day;
    private readonly int _years;

    private DateLimit(string text, DateOnly? day, int years) => (Text, _day, _years) = (text, day, years);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>Reads a limit; <see langword="null"/> when the text is not a limit.</summary>
    /// <param name="text">The text.</param>
    public static DateLimit? TryParse(string? text) => Form().Match(text ?? "") switch
    {
        { Success: false } => null,
        { Groups: var groups } when groups["day"].Success => DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(text!, day, 0)
            : null,
        { Groups: var groups } => new(text!, null, groups["years"] is { Success: true, Value: var years }
            ? int.Parse(groups["sign"].Value + years, CultureInfo.InvariantCulture)
            : 0),
    };

    /// <summary>Reads a limit.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a limit.</exception>
    public static DateLimit Parse(string text) => TryParse(text)
        ?? throw new FormatException("A day, today, or today+P1Y is expected.");

    /// <summary>The limit's day, when today is <paramref name="today"/>.</summary>
    /// <param name="today">The day in the region.</param>
    public DateOnly On(DateOnly today) => _day ?? today.AddYears(_years);

    /// <summary>Whether it is never earlier than another limit, whatever day today is.</summary>
    /// <param name="other">The other.</param>
    public bool IsNeverBefore(DateLimit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (_day, other._day) switch
        {
            ({ } day, { } otherDay) => day >= otherDay,
            (null, null) => _years >= other._years,
            (null, { } otherDay) => On(Begun) >= otherDay,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(
        @"^((?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})|today((?<sign>[+-])P(?<years>[0-9]{1,3})Y)?)\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}

/// <summary>From when to when a date may be, both days included.</summary>
/// <param name="Earliest">The first day.</param>
/// <param name="Latest">The last day.</param>
public sealed record DateRange(DateLimit Earliest, DateLimit Latest)
{
    /// <summary>
    /// The widest range: from 1900, because nobody alive was born before, to a hundred years from today, because no
    /// paper is valid for longer. Every date is held to it, so nothing that is reckoned from a date leaves the
    /// calendar.
    /// </summary>
    public static DateRange Widest { get; } = new(DateLimit.Parse("1900-01-01"), DateLimit.Parse("today+P100Y"));

    /// <summary>The keyword of a schema that names the first day.</summary>
    public const string EarliestKeyword = "x-earliest";

    /// <summary>The keyword of a schema that names the last day.</summary>
    public const string LatestKeyword = "x-latest";

    /// <summary>The range that a JSON Schema of a date names; <see cref="Widest"/> where it names none.</summary>
    /// <param name="schema">The schema.</param>
    public static DateRange Of(JsonElement schema)
    {
        return new(Limit(EarliestKeyword) ?? Widest.Earliest, Limit(LatestKeyword) ?? Widest.Latest);

        DateLimit? Limit(string keyword) => schema.TryGetProperty(keyword, out var text) ? DateLimit.TryParse(
            text.ValueKind == JsonValueKind.String ? text.GetString() : null) : null;
    }

    /// <summary>Whether a date is in it.</summary>
    /// <param name="date">The date.</param>
    /// <param name="today">The day in the region.</param>
    public bool Contains(DateOnly date, DateOnly today) => date >= Earliest.On(today) && date <= Latest.On(today);

    /// <summary>Whether every date of another range is in it, whatever day today is.</summary>
    /// <param name="other">The other.</param>
    public bool Includes(DateRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Earliest.IsNeverBefore(Earliest) && Latest.IsNeverBefore(other.Latest);
    }

    /// <summary>The range in words.</summary>
    /// <param name="today">The day in the region.</param>
    public LocalizedText Words(DateOnly today)
    {
        var (from, to) = (Iso(Earliest.On(today)), Iso(Latest.On(today)));
        return new($"Tanggal dari {from} sampai {to} diharapkan.", $"A date from {from} to {to} is expected.");
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
