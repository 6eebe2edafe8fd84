using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Schemas;
using Mpp.Contracts;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// The owners of a package lead to NIKs of its input, and one of them is always there: an application that nobody could
/// prove to be theirs could be continued by nobody.
/// </summary>
internal static class OwnerCheck
{
    private static readonly JsonElement SomeNik = JsonElement.Parse("\"7402021203990001\"");
    private static readonly JsonElement NoNik = JsonElement.Parse("\"Siti Aminah 1999\"");

    public static void Check(LoadedPackage package)
    {
        var owners = package.Definition.Owners;
        var (sure, known) = (false, true);
        foreach (var (index, pointer) in owners.Index().Where(o => o.Item.Length > 0))
        {
            var place = package.Place.At("owners").At(index);
            if (owners.Take(index).Contains(pointer))
            {
                place.Report(FaultKind.DuplicateId, $"'{pointer}' is there twice.");
            }
            else if (Follow(package.Input, pointer, place) is { } leaf)
            {
                sure |= leaf.Certain;
                if (!leaf.Schema.Accepts(SomeNik) || leaf.Schema.Accepts(NoNik))
                {
                    place.Report(FaultKind.InvalidOwner, $"{pointer} is no NIK: an owner is a person.");
                }
            }
            else
            {
                known = false;
            }
        }

        if (owners.Count > 0 && known && !sure && owners.All(o => o.Length > 0))
        {
            package.Place.At("owners").Report(
                FaultKind.InvalidOwner, "Every one of the owners may be absent; at least one must always be there.");
        }
    }

    /// <summary>
    /// The schema that a pointer <c>/input/…</c> leads to, and whether everything on the way is required.
    /// </summary>
    private static (Schema Schema, bool Certain)? Follow(Schema input, string pointer, Place place)
    {
        var (schema, certain) = (input, true);
        foreach (var segment in pointer.Split('/')[2..])
        {
            var name = PointerToken.Unescape(segment);
            if (!schema.Properties.TryGetValue(name, out var next))
            {
                place.Report(
                    FaultKind.PointerToNothing, $"The input has no '{name}'; '{pointer}' can never have a value.");
                return null;
            }

            (certain, schema) = (certain && schema.Required.Contains(name), next);
        }

        return (schema, certain);
    }
}
