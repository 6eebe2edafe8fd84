using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Schemas;
using Mpp.Contracts;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// The owners of a package lead to NIKs of its input, and at least one of them is always there: otherwise nobody could
/// prove that an application is theirs, and nobody could continue it. A step confirms who each of them is; without it,
/// no agency may be asked about them before anything is filed.
/// </summary>
internal static class OwnerCheck
{
    private static readonly JsonElement SomeNik = JsonElement.Parse("\"7402021203990001\"");
    private static readonly JsonElement NoNik = JsonElement.Parse("\"Siti Aminah 1999\"");

    public static void Check(LoadedPackage package, IReadOnlyDictionary<string, LoadedService> services)
    {
        var owners = package.Definition.Owners;
        var identified = Identified(package, services);
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
                else if (!identified.Contains(pointer))
                {
                    place.Report(FaultKind.UnidentifiedPerson, $"No step confirms whose NIK {pointer} is: "
                        + "one of a service that 'identifies' does, and agencies are asked before filing.");
                }
            }
            else
            {
                known = false;
            }
        }

        var readable = known && owners.All(o => o.Length > 0);
        if (owners.Count > 0 && readable && !sure)
        {
            package.Place.At("owners").Report(
                FaultKind.InvalidOwner, "Every one of the owners may be absent; at least one must always be there.");
        }
    }

    /// <summary>The places of the form whose persons a step confirms.</summary>
    private static HashSet<string> Identified(
        LoadedPackage package, IReadOnlyDictionary<string, LoadedService> services) =>
        [.. from step in package.Definition.Steps
            let field = services.GetValueOrDefault(step.Service)?.Definition.Identifies
            where field is not null && step.Inputs.ContainsKey(field)
            select step.Inputs[field]];

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

            certain &= schema.Required.Contains(name);
            schema = next;
        }

        return (schema, certain);
    }
}
