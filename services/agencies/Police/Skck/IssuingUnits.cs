using System.Globalization;

namespace Mpp.Police.Skck;

/// <summary>A police unit that issues certificates and keeps a register of its own.</summary>
/// <param name="Code">The unit's key in the register; never changes.</param>
/// <param name="Name">For people.</param>
/// <param name="Level">What it may issue.</param>
/// <param name="Region">The regency or city whose mall it serves.</param>
/// <param name="Districts">The districts it serves; none for the regency's own unit.</param>
/// <param name="NumberPattern">How it writes a register number: <c>{number}</c>, <c>{month}</c>
/// (Roman) and <c>{year}</c>.</param>
internal sealed record IssuingUnit(
    string Code, string Name, SkckLevel Level, RegionCode Region, IReadOnlyList<RegionCode> Districts,
    string NumberPattern)
{
    private static readonly string[] Months =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    /// <summary>The number on the certificate, for example <c>SKCK/YANMIN/0012/XI/2026/RES-KONAWE</c>.</summary>
    public string NumberOf(int serial, DateOnly issuedOn) => NumberPattern
        .Replace("{number}", serial.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{month}", Months[issuedOn.Month - 1], StringComparison.Ordinal)
        .Replace("{year}", issuedOn.Year.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>An office that issues what no unit at a mall does.</summary>
/// <param name="Level">What it issues.</param>
/// <param name="Province">The province whose people it serves; <see langword="null"/> when it serves everybody.</param>
/// <param name="Name">For people.</param>
internal sealed record CompetentOffice(SkckLevel Level, RegionCode? Province, string Name);

/// <summary>The units of <c>units.json</c>, and the offices of <c>offices.json</c>.</summary>
internal sealed class IssuingUnits
{
    private readonly IReadOnlyList<IssuingUnit> _units;
    private readonly IReadOnlyList<CompetentOffice> _offices;

    public IssuingUnits(IReadOnlyList<IssuingUnit> units, IReadOnlyList<CompetentOffice> offices)
    {
        _offices = offices;
        // Two units with the same pattern would give two people the same number.
        if (units.FirstOrDefault(u => !IsComplete(u.NumberPattern)) is { } incomplete)
        {
            throw new InvalidOperationException(
                $"Unit {incomplete.Code}: a number pattern has {{number}}, {{month}} and {{year}}.");
        }

        if (units.Count != units.DistinctBy(u => u.NumberPattern).Count()
            || units.Count != units.DistinctBy(u => u.Code).Count())
        {
            throw new InvalidOperationException("Two police units share a code or a number pattern.");
        }

        _units = units;

        static bool IsComplete(string pattern) =>
            ((string[])["{number}", "{month}", "{year}"]).All(part => pattern.Contains(part, StringComparison.Ordinal));
    }

    public static IssuingUnits Load() =>
        new(DataFile.Load<IReadOnlyList<IssuingUnit>>(typeof(IssuingUnits).Assembly, "units.json"),
            DataFile.Load<IReadOnlyList<CompetentOffice>>(typeof(IssuingUnits).Assembly, "offices.json"));

    /// <summary>The office of a level for a region; <see langword="null"/> when its name is not known.</summary>
    public CompetentOffice? OfficeFor(SkckLevel level, RegionCode region) =>
        _offices.FirstOrDefault(o => o.Level == level && (o.Province is null || o.Province == region.Province));

    /// <summary>
    /// The unit of a level that serves a district, else the first of that level in the region; <see langword="null"/>
    /// when the mall of the region has none. Spreading the applicants over the sectors also spreads the registers'
    /// counters.
    /// </summary>
    public IssuingUnit? For(SkckLevel level, RegionCode region, RegionCode district)
    {
        IssuingUnit? first = null;
        foreach (var unit in _units)
        {
            if (unit.Level == level && unit.Region == region)
            {
                first ??= unit;
                if (unit.Districts.Contains(district))
                {
                    return unit;
                }
            }
        }

        return first;
    }
}
