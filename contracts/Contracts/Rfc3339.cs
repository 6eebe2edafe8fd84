using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Mpp.Contracts;

/// <summary>
/// Moments as RFC 3339 writes them: with the offset from UTC, any number of fraction digits, and <c>T</c> and <c>Z</c>
/// in either case. Digits beyond a tenth of a microsecond are dropped; a leap second is read as the beginning of the
/// next second.
/// </summary>
public static partial class Rfc3339
{
    /// <summary>The message for a text that is no such moment.</summary>
    public const string Expected =
        "A time with its offset from UTC is expected, for example 2026-11-22T10:00:00+08:00.";

    private const int TickDigits = 7;

    /// <summary>Reads a moment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="moment">The moment, with the given offset if that is one that the world uses (up to 14 hours), else
    /// in UTC.</param>
    /// <returns><see langword="false"/> when the text is no such moment.</returns>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var (offsetHour, offsetMinute) = (Number(match, "offsetHour"), Number(match, "offsetMinute"));
        var isTime = hour <= 23 && minute <= 59 && second <= 60;
        var isOffset = offsetHour <= 23 && offsetMinute <= 59;
        if (!isTime || !isOffset || !DateOnly.TryParseExact(
            match.Groups["date"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date))
        {
            return false;
        }

        var offset = new TimeSpan(offsetHour, offsetMinute, 0);
        offset = match.Groups["sign"].Value == "-" ? -offset : offset;
        var ticks = date.ToDateTime(TimeOnly.MinValue).Ticks + new TimeSpan(hour, minute, second).Ticks
            + (second == 60 ? 0 : Fraction(match.Groups["fraction"].Value)) - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        var utc = new DateTimeOffset(ticks, TimeSpan.Zero);
        var local = ticks + offset.Ticks;
        var keepsOffset = Math.Abs(offset.Ticks) <= TimeSpan.FromHours(14).Ticks
            && local >= DateTime.MinValue.Ticks && local <= DateTime.MaxValue.Ticks;
        moment = keepsOffset ? utc.ToOffset(offset) : utc;
        return true;
    }

    private static long Fraction(string digits) => digits.Length == 0 ? 0 : long.Parse(
        digits.Length > TickDigits ? digits[..TickDigits] : digits.PadRight(TickDigits, '0'),
        NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } found
        ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
        + @"(\.(?<fraction>[0-9]+))?([Zz]|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}

/// <summary>
/// Reads moments as <see cref="Rfc3339"/> does, wherever JSON comes in: over HTTP and in messages.
/// </summary>
public sealed class Rfc3339JsonConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is not JsonTokenType.String ? throw new JsonException()
            : Rfc3339.TryParse(reader.GetString(), out var moment) ? moment
            : throw new JsonException(Rfc3339.Expected);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}
