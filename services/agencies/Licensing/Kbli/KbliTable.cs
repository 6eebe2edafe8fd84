using System.Text.Json.Serialization;

namespace Mpp.Licensing.Kbli;

/// <summary>
/// How dangerous a line of business is. It decides what a business needs besides its NIB (PP 28/2025).
/// </summary>
[JsonConverter(typeof(KebabEnumConverter<RiskLevel>))]
internal enum RiskLevel
{
    /// <summary>The NIB alone.</summary>
    Low,

    /// <summary>A standard certificate on the owner's own declaration.</summary>
    MediumLow,

    /// <summary>A standard certificate that is verified before the business may operate.</summary>
    MediumHigh,

    /// <summary>A licence.</summary>
    High,
}

/// <summary>A line of business.</summary>
/// <param name="Title">Its title in the official list.</param>
/// <param name="Risk">Its risk.</param>
internal sealed record LineOfBusiness(string Title, RiskLevel Risk);

/// <summary>
/// Klasifikasi Baku Lapangan Usaha Indonesia with the risk levels, each edition with its days (<c>kbli.json</c>).
/// </summary>
internal sealed class KbliTable(IReadOnlyList<RulePeriod<IReadOnlyDictionary<string, LineOfBusiness>>> editions)
{
    public static KbliTable Load()
    {
        var editions = DataFile.Load<IReadOnlyList<RulePeriod<IReadOnlyDictionary<string, LineOfBusiness>>>>(
            typeof(KbliTable).Assembly, "kbli.json");
        editions.Check("KBLI");
        return editions.SelectMany(e => e.Value.Keys)
            .FirstOrDefault(c => c.Length != 5 || !c.All(char.IsAsciiDigit)) is { } fault
            ? throw new InvalidOperationException($"kbli.json: {fault} is no code of five digits.")
            : new KbliTable(editions);
    }

    /// <summary>
    /// The line of business of a code on a day; <see langword="null"/> when the list of that day does not have it.
    /// </summary>
    public LineOfBusiness? Find(string code, DateOnly day) => editions.RequiredOn(day).Value.GetValueOrDefault(code);
}
