using System.Globalization;
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

/// <summary>An edition of the classification, and the part of it that is known here.</summary>
/// <param name="Name">For people.</param>
/// <param name="Regulation">The regulation that set it.</param>
/// <param name="From">First day on which its codes are taken.</param>
/// <param name="Until">Last day; <see langword="null"/> as long as no end is set.</param>
/// <param name="Codes">How many codes the official list has; <see langword="null"/> when that is not known.</param>
/// <param name="Divisions">The first two digits that there are: numbers and ranges, with spaces between.</param>
/// <param name="Lines">The lines of business that are known, by their codes of five digits.</param>
internal sealed record KbliEdition(
    string Name, string Regulation, DateOnly From, DateOnly? Until, int? Codes, string Divisions,
    IReadOnlyDictionary<string, LineOfBusiness> Lines)
{
    private readonly HashSet<int> _divisions =
    [
        .. from range in Divisions.Split(' ')
           let ends = range.Split('-')
           let first = int.Parse(ends[0], CultureInfo.InvariantCulture)
           from division in Enumerable.Range(
               first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1)
           select division,
    ];

    /// <summary>Whether every code of the official list is known here.</summary>
    public bool IsComplete => Codes == Lines.Count;

    public bool HoldsOn(DateOnly day) => From <= day && (Until is not { } until || day <= until);

    /// <summary>Whether a code could be one of this edition.</summary>
    public bool MayHave(string code) => Lines.ContainsKey(code) || (!IsComplete && HasForm(code));

    /// <summary>Whether a text has the form of a code: five digits, the first two a division.</summary>
    public bool HasForm(string code) => code.Length == 5 && code.All(char.IsAsciiDigit) && HasDivision(code);

    private bool HasDivision(string code) =>
        _divisions.Contains(int.Parse(code.AsSpan(0, 2), CultureInfo.InvariantCulture));
}

/// <summary>
/// Klasifikasi Baku Lapangan Usaha Indonesia with the risk levels, in editions with their days (<c>kbli.json</c>). Two
/// editions may hold at once, for example while one gives way to the next.
/// </summary>
internal sealed class KbliTable
{
    private readonly IReadOnlyList<KbliEdition> _editions;

    public KbliTable(IReadOnlyList<KbliEdition> editions)
    {
        foreach (var edition in editions)
        {
            if (edition.Lines.Keys.FirstOrDefault(c => !edition.HasForm(c)) is { } fault)
            {
                throw new InvalidOperationException(
                    $"{edition.Name}: {fault} is no code of five digits in a division.");
            }

            if (edition.Until < edition.From || edition.Lines.Count > edition.Codes)
            {
                throw new InvalidOperationException(
                    $"{edition.Name} ends before it begins, or has more codes than its official list.");
            }
        }

        _editions = editions;
    }

    public static KbliTable Load() =>
        new(DataFile.Load<IReadOnlyList<KbliEdition>>(typeof(KbliTable).Assembly, "kbli.json"));

    /// <summary>The editions whose codes are taken on a day.</summary>
    /// <exception cref="InvalidOperationException">There is none: the data has a gap.</exception>
    public IReadOnlyList<KbliEdition> On(DateOnly day) =>
        _editions.Where(e => e.HoldsOn(day)).ToList() is { Count: > 0 } found
            ? found
            : throw new InvalidOperationException($"No edition of KBLI is in force on {day:yyyy-MM-dd}.");

    /// <summary>
    /// The line of business of a code on a day, of the latest edition that has it; <see langword="null"/> when none
    /// that is known here has it.
    /// </summary>
    public LineOfBusiness? Find(string code, DateOnly day) => On(day).OrderByDescending(e => e.From)
        .Select(e => e.Lines.GetValueOrDefault(code)).FirstOrDefault(l => l is not null);

    /// <summary>Whether there may be a line of business of this code, known here or not.</summary>
    public bool MayHave(string code, DateOnly day) => On(day).Any(e => e.MayHave(code));
}
