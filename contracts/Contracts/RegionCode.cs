using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>
/// A region of Indonesia by its Kemendagri code: province <c>74</c>, regency or city <c>74.02</c>, district
/// <c>74.02.01</c> or village <c>74.02.01.1001</c>.
/// </summary>
/// <remarks>
/// A well-formed code need not be a region that exists today: regions are split and renamed (the Papua provinces 93–96
/// exist since 2022), while old codes live on in every NIK issued before. Parsing therefore never looks at
/// <see cref="IsKnown"/>.
/// </remarks>
[JsonConverter(typeof(ParsableJsonConverter<RegionCode>))]
public readonly record struct RegionCode : IParsable<RegionCode>
{
    /// <summary>The form as a regular expression. It does not tell whether there is such a region.</summary>
    public const string Pattern = @"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$";

    private static readonly FrozenDictionary<string, string> Names = LoadNames();

    private readonly string? _value;

    private RegionCode(string value) => _value = value;

    /// <summary>The code with dots, for example <c>74.02</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The province this region lies in or is, for example <c>74</c>.</summary>
    public RegionCode Province => new(Value[..2]);

    /// <summary>The regency or city this region lies in or is; <see langword="null"/> for a province.</summary>
    public RegionCode? Regency => Value.Length >= 5 ? new RegionCode(Value[..5]) : null;

    /// <summary>
    /// Whether the province, and the regency where the code names one, are in today's list of 38 provinces and 514
    /// regencies and cities.
    /// </summary>
    public bool IsKnown => Names.ContainsKey((Regency ?? Province).Value);

    /// <summary>
    /// The name of the regency, city or province in today's list, upper case as published; <see langword="null"/> when
    /// unknown.
    /// </summary>
    public string? Name => Names.GetValueOrDefault((Regency ?? Province).Value);

    /// <summary>Whether <paramref name="other"/> is this region or lies in it.</summary>
    /// <param name="other">Any region.</param>
    public bool Contains(RegionCode other) =>
        other.Value.StartsWith(Value, StringComparison.Ordinal)
        && (other.Value.Length == Value.Length || other.Value[Value.Length] == '.');

    /// <summary>Reads a dotted code.</summary>
    /// <exception cref="FormatException">The text is not a dotted Kemendagri code.</exception>
    /// <param name="s">The code.</param>
    /// <param name="provider">Not used.</param>
    public static RegionCode Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var region)
            ? region
            : throw new FormatException("A region code has the form 74, 74.02, 74.02.01 or 74.02.01.1001.");

    /// <summary>Reads a dotted code; <see langword="false"/> when the form is wrong.</summary>
    /// <param name="s">The code.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The region.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RegionCode result)
    {
        var wellFormed = s is { Length: 2 or 5 or 8 or 13 };
        for (var i = 0; wellFormed && i < s!.Length; i++)
        {
            wellFormed = i is 2 or 5 or 8 ? s[i] == '.' : char.IsAsciiDigit(s[i]);
        }

        result = wellFormed ? new RegionCode(s!) : default;
        return wellFormed;
    }

    /// <summary>The dotted code.</summary>
    public override string ToString() => Value;

    private static FrozenDictionary<string, string> LoadNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in (string[])["provinces.csv", "regencies.csv"])
        {
            using var reader = new StreamReader(typeof(RegionCode).Assembly.GetManifestResourceStream(file)!);
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                names[line[..line.IndexOf(',', StringComparison.Ordinal)]] = line[(line.LastIndexOf(',') + 1)..];
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
