using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>Sex as the civil registry records it.</summary>
[JsonConverter(typeof(KebabEnumConverter<Sex>))]
public enum Sex
{
    /// <summary>Laki-laki.</summary>
    Male,

    /// <summary>Perempuan.</summary>
    Female,
}

/// <summary>
/// Nomor Induk Kependudukan: the sixteen digits that name a person for life (UU 23/2006 art. 13): region of first
/// registration (province, regency, district), birth date as <c>DDMMYY</c> with 40 added to a woman's day, and a serial
/// number from 0001.
/// </summary>
/// <remarks>
/// There is no check digit. The number never changes, even when its holder moves or the recorded birth date is
/// corrected: what can be read from it is a hint, and the civil registry's register is the authority. Hence an unknown
/// or retired region is a <see cref="Warnings">warning</see>, while a day or month that no calendar has is an error.
/// <see cref="ToString"/> masks all but the first six digits, so that a NIK in a log line tells nothing; use
/// <see cref="Value"/> to get the digits.
/// </remarks>
[JsonConverter(typeof(NikJsonConverter))]
public readonly record struct Nik : IParsable<Nik>
{
    /// <summary>The form as a regular expression; the date in it is checked as well.</summary>
    public const string Pattern = "^[0-9]{16}$";

    private readonly string? _value;

    private Nik(string value) => _value = value;

    /// <summary>The sixteen digits. Personal data: never in a log, a trace, an event or a URL.</summary>
    public string Value => _value ?? "";

    /// <summary>The district of first registration. It may have been renamed or split since.</summary>
    public RegionCode Region => RegionCode.Parse($"{Value[..2]}.{Value[2..4]}.{Value[4..6]}");

    /// <summary>Male or female, from the day of birth.</summary>
    public Sex Sex => Number(6) > 40 ? Sex.Female : Sex.Male;

    /// <summary>The serial number, 1 to 9999.</summary>
    public int Serial => int.Parse(Value.AsSpan(12), CultureInfo.InvariantCulture);

    /// <summary>
    /// The birth date that the digits name. The year has two digits only: the latest year that is not after
    /// <paramref name="today"/> is taken, so a person over a hundred years old reads as a child.
    /// </summary>
    /// <param name="today">The date on which the question is asked.</param>
    public DateOnly BirthDate(DateOnly today)
    {
        var (day, month, year) = (Number(6) % 40, Number(8), Number(10));
        var century = today.Year / 100 * 100;
        // A date after today belongs to the earlier century. So does 29 February, if the year in the later century is
        // no leap year.
        return Date(century + year) is { } date && date <= today
            ? date
            : Date(century - 100 + year) ?? Date(century + year)!.Value;

        DateOnly? Date(int y) => day <= DateTime.DaysInMonth(y, month) ? new DateOnly(y, month, day) : null;
    }

    /// <summary>What looks odd but is allowed: an unknown region, which may be one that no longer exists.</summary>
    public IReadOnlyList<string> Warnings =>
        Region.IsKnown ? [] : [$"Region {Region} is not in today's list of regions."];

    /// <summary>Reads sixteen digits.</summary>
    /// <exception cref="FormatException">The text cannot be a NIK; the message says why
    /// without repeating it.</exception>
    /// <param name="s">The digits.</param>
    /// <param name="provider">Not used.</param>
    public static Nik Parse(string s, IFormatProvider? provider = null) =>
        Fault(s) is { } fault ? throw new FormatException(fault) : new Nik(s);

    /// <summary>Reads sixteen digits; <see langword="false"/> when they cannot be a NIK.</summary>
    /// <param name="s">The digits.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The NIK.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Nik result)
    {
        var parsed = Fault(s) is null;
        result = parsed ? new Nik(s!) : default;
        return parsed;
    }

    /// <summary>Why a text cannot be a NIK, without repeating it; <see langword="null"/> when it can.</summary>
    /// <param name="s">Any text.</param>
    public static string? Fault(string? s)
    {
        if (s is not { Length: 16 } || s.Any(c => !char.IsAsciiDigit(c)))
        {
            return "A NIK has sixteen digits.";
        }

        var digits = new Nik(s);
        var (day, month) = (digits.Number(6), digits.Number(8));
        return month is < 1 or > 12 ? "Digits 9 and 10 of a NIK are the month of birth, 01 to 12."
            : !IsDay() ? "Digits 7 and 8 of a NIK are the day of birth, 01 to 31, or 41 to 71 for a woman."
            : s.EndsWith("0000", StringComparison.Ordinal)
                ? "The last four digits of a NIK are a serial number from 0001."
            : null;

        // 2000 stands for any year that may be a leap year: the NIK does not tell the century.
        bool IsDay() => day is >= 1 and <= 71 && day % 40 >= 1
            && day % 40 <= DateTime.DaysInMonth(2000 + digits.Number(10) % 4, month);
    }

    /// <summary>The first six digits with the rest masked, fit for a log line.</summary>
    public override string ToString() => Value.Length == 16 ? $"{Value[..6]}**********" : "";

    private int Number(int start) => int.Parse(Value.AsSpan(start, 2), CultureInfo.InvariantCulture);
}

internal sealed class NikJsonConverter : JsonConverter<Nik>
{
    public override Nik Read(
        ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options)
    {
        var text = reader.TokenType == System.Text.Json.JsonTokenType.String ? reader.GetString() : null;
        return Nik.Fault(text) is { } fault ? throw new System.Text.Json.JsonException(fault) : Nik.Parse(text!);
    }

    public override void Write(
        System.Text.Json.Utf8JsonWriter writer, Nik value, System.Text.Json.JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
