using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>
/// The number of an application as people read, say and type it: regency, date of submission and six random characters,
/// for example <c>7402-261122-K7QX4M</c>.
/// </summary>
/// <remarks>
/// The alphabet leaves out I, L, O, U, 0 and 1, which people confuse; reading is not case-sensitive. The random part
/// (30 to the sixth power, 729 million for each regency and day) makes guessing hopeless behind the gateway's rate
/// limits; it is no secret and opens nothing by itself.
/// </remarks>
[JsonConverter(typeof(ParsableJsonConverter<ApplicationNumber>))]
public readonly record struct ApplicationNumber : IParsable<ApplicationNumber>
{
    /// <summary>The form of what is written, as a regular expression.</summary>
    public const string Pattern = $"^[0-9]{{4}}-[0-9]{{6}}-[{Alphabet}]{{6}}$";

    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly string? _value;

    private ApplicationNumber(string value) => _value = value;

    /// <summary>The number, upper case.</summary>
    public string Value => _value ?? "";

    /// <summary>
    /// A new number for an application submitted in a region on a date. The random part comes from the operating
    /// system's generator.
    /// </summary>
    /// <param name="region">The regency (or a region in it) that the application belongs to.</param>
    /// <param name="date">The local date of submission.</param>
    /// <exception cref="ArgumentException">The region is a province: applications belong to a
    /// regency or city.</exception>
    public static ApplicationNumber New(RegionCode region, DateOnly date)
    {
        var regency = region.Regency
            ?? throw new ArgumentException("An application belongs to a regency or city.", nameof(region));
        var digits = regency.Value.Replace(".", "", StringComparison.Ordinal);
        var random = RandomNumberGenerator.GetString(Alphabet, 6);
        return new(string.Create(CultureInfo.InvariantCulture, $"{digits}-{date:yyMMdd}-{random}"));
    }

    /// <summary>Reads a number, upper or lower case.</summary>
    /// <exception cref="FormatException">The text does not have the form of an application number.</exception>
    /// <param name="s">The number.</param>
    /// <param name="provider">Not used.</param>
    public static ApplicationNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var number)
            ? number
            : throw new FormatException("An application number has the form 7402-261122-K7QX4M.");

    /// <summary>Reads a number, upper or lower case; <see langword="false"/> when the form is wrong.</summary>
    /// <param name="s">The number.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The number.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ApplicationNumber result)
    {
        var text = s?.ToUpperInvariant();
        var hasParts = text is { Length: 18 } && text[4] == '-' && text[11] == '-';
        var wellFormed = hasParts && text![..4].All(char.IsAsciiDigit) && IsDate(text.AsSpan(5, 6))
            && text.AsSpan(12).IndexOfAnyExcept(Alphabet) < 0;
        result = wellFormed ? new ApplicationNumber(text!) : default;
        return wellFormed;

        static bool IsDate(ReadOnlySpan<char> date) =>
            DateOnly.TryParseExact(date, "yyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    /// <summary>The number, upper case.</summary>
    public override string ToString() => Value;
}
