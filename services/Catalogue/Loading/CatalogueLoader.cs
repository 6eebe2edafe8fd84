using Mpp.Catalogue.Faults;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// Makes the catalogue out of its files, or reports everything that is wrong with them. The files are
/// <c>agencies.json</c>, <c>services/&lt;agency&gt;/&lt;service&gt;.json</c> and
/// <c>packages/&lt;code&gt;.v&lt;version&gt;.json</c>.
/// </summary>
internal static class CatalogueLoader
{
    private const string AgenciesFile = "agencies.json";

    /// <summary>Loads the files below a folder.</summary>
    /// <exception cref="InvalidCatalogueException">With every fault found.</exception>
    public static Definitions LoadFolder(string folder)
    {
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal)
            : [];
        return Load(files);
    }

    /// <summary>Loads files given by their path below the definitions folder.</summary>
    /// <exception cref="InvalidCatalogueException">With every fault found.</exception>
    public static Definitions Load(IReadOnlyDictionary<string, byte[]> files)
    {
        var faults = new List<Fault>();
        var roots = Parse(files, faults);
        if (!files.ContainsKey(AgenciesFile))
        {
            new Place(AgenciesFile, faults)
                .Report(FaultKind.MissingFile, "The file that lists the agencies is missing.");
        }

        var agencies = roots.Where(r => r.Place.File == AgenciesFile)
            .SelectMany(r => DefinitionReader.Agencies(r.Root, r.Place)).ToList();
        var services = roots.Where(r => IsBelow(r.Place, "services/"))
            .Select(r => DefinitionReader.Service(r.Root, r.Place)).ToList();
        var packages = roots.Where(r => IsBelow(r.Place, "packages/"))
            .Select(r => DefinitionReader.Package(r.Root, r.Place)).ToList();

        Services(services, agencies);
        Versions(packages);
        var offered = services.Where(s => s.Definition.Code.Length > 0)
            .DistinctBy(s => s.Definition.Code).ToDictionary(s => s.Definition.Code, StringComparer.Ordinal);
        foreach (var package in packages)
        {
            PackageCheck.Check(package, offered);
        }

        return faults.Count == 0
            ? new Definitions(agencies, [.. services.Select(s => s.Definition)],
                [.. packages.Select(p => new PublishedPackage(p.Definition, Canonical.Sha256(p.Source), p.Place.File))])
            : throw new InvalidCatalogueException([.. faults.OrderBy(f => f.File, StringComparer.Ordinal)]);
    }

    private static List<(JsonElement Root, Place Place)> Parse(
        IReadOnlyDictionary<string, byte[]> files, List<Fault> faults)
    {
        var roots = new List<(JsonElement, Place)>();
        foreach (var (path, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var place = new Place(path, faults);
            var known = path == AgenciesFile || (path.EndsWith(".json", StringComparison.Ordinal)
                && (IsBelow(place, "services/") || IsBelow(place, "packages/")));
            if (!known)
            {
                place.Report(FaultKind.UnexpectedFile,
                    "No definition is expected in a file of this name; it would be left out silently.");
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(
                    bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
                roots.Add((document.RootElement.Clone(), place));
            }
            catch (JsonException fault)
            {
                place.Report(FaultKind.MalformedJson, fault.LineNumber is { } line
                    ? $"The file is no JSON: line {line + 1}, byte {fault.BytePositionInLine + 1}. {fault.Message}"
                    : $"The file is no JSON: {fault.Message}");
            }
        }

        return roots;
    }

    private static void Services(List<LoadedService> services, List<AgencyDefinition> agencies)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (service, _, _, place) in services.Where(s => s.Definition.Code.Length > 0))
        {
            var agency = service.Code.Split('/')[0];
            if (!agencies.Exists(a => a.Code == agency))
            {
                place.At("code").Report(FaultKind.UnknownAgency, $"{AgenciesFile} has no agency '{agency}'.");
            }

            if (!seen.TryAdd(service.Code, place.File))
            {
                place.At("code")
                    .Report(FaultKind.DuplicateId, $"The service '{service.Code}' is in {seen[service.Code]} already.");
            }
            else if (place.File != $"services/{service.Code}.json")
            {
                place.At("code").Report(FaultKind.UnexpectedFile,
                    $"The service '{service.Code}' belongs into services/{service.Code}.json.");
            }
        }
    }

    /// <summary>Versions of a package count up by one from 1, so that a lost file is noticed.</summary>
    private static void Versions(List<LoadedPackage> packages)
    {
        foreach (var versions in packages.Where(p => p.Definition.Code.Length > 0)
            .GroupBy(p => p.Definition.Code, StringComparer.Ordinal))
        {
            LoadedPackage? last = null;
            foreach (var package in versions.OrderBy(v => v.Definition.Version)
                .ThenBy(v => v.Place.File, StringComparer.Ordinal))
            {
                var (version, before) = (package.Definition.Version, last?.Definition.Version ?? 0);
                if (version == before)
                {
                    package.Place.At("version").Report(FaultKind.DuplicateVersion,
                        $"Version {version} of '{versions.Key}' is in {last!.Place.File} already.");
                    continue;
                }

                if (version != before + 1)
                {
                    package.Place.At("version").Report(FaultKind.VersionGap, $"Version {before + 1} of "
                        + $"'{versions.Key}' is missing: versions count up by one from 1, and none is ever removed.");
                }

                if (package.Place.File != $"packages/{versions.Key}.v{version}.json")
                {
                    package.Place.At("code").Report(FaultKind.UnexpectedFile,
                        $"Version {version} of '{versions.Key}' belongs into packages/{versions.Key}.v{version}.json.");
                }

                last = package;
            }
        }
    }

    private static bool IsBelow(Place place, string folder) => place.File.StartsWith(folder, StringComparison.Ordinal);
}
