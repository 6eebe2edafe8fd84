using System.Globalization;
using System.Runtime.InteropServices;
using Mpp.Contracts;

namespace Mpp.Sandbox;

/// <summary>
/// Hands out numbers in the order of the population, so that earlier people never depend on later ones.
/// </summary>
internal sealed class Registrar
{
    private readonly Dictionary<string, int> _serials = new(StringComparer.Ordinal);

    public Nik Nik(RegionCode district, DateOnly birthDate, Sex sex) =>
        Contracts.Nik.Parse(Numbered(district, birthDate, sex == Sex.Female ? 40 : 0));

    public string FamilyCard(RegionCode district, DateOnly issued) => Numbered(district, issued, 0, "card:");

    /// <summary>Thirteen digits without a visible order: the multiplier has no common factor with ten.</summary>
    public static string Membership(int person) =>
        string.Create(CultureInfo.InvariantCulture, $"0001{(person + 1L) * 387_420_489 % 1_000_000_000:D9}");

    private string Numbered(RegionCode district, DateOnly date, int addToDay, string kind = "")
    {
        var stem = string.Create(CultureInfo.InvariantCulture,
            $"{district.Value.Replace(".", "", StringComparison.Ordinal)}{date.Day + addToDay:D2}{date:MMyy}");
        ref var serial = ref CollectionsMarshal.GetValueRefOrAddDefault(_serials, kind + stem, out _);
        return string.Create(CultureInfo.InvariantCulture, $"{stem}{++serial:D4}");
    }
}
