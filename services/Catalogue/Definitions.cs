namespace Mpp.Catalogue;

/// <summary>One version of a package, with the digest of its content and the file it stands in.</summary>
internal sealed record PublishedPackage(PackageDefinition Definition, string Sha256, string File);

/// <summary>Everything that is published, checked as a whole. It does not change while the service runs.</summary>
internal sealed class Definitions
{
    private readonly Dictionary<string, PackageDefinition> _latest;

    public Definitions(
        IReadOnlyList<AgencyDefinition> agencies, IReadOnlyList<ServiceDefinition> services,
        IReadOnlyList<PublishedPackage> packages)
    {
        Agencies = [.. agencies.OrderBy(a => a.Code, StringComparer.Ordinal)];
        Services = [.. services.OrderBy(s => s.Code, StringComparer.Ordinal)];
        Packages =
            [.. packages.OrderBy(p => p.Definition.Code, StringComparer.Ordinal).ThenBy(p => p.Definition.Version)];
        _latest = Packages.GroupBy(p => p.Definition.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Definition, StringComparer.Ordinal);
    }

    public IReadOnlyList<AgencyDefinition> Agencies { get; }

    public IReadOnlyList<ServiceDefinition> Services { get; }

    /// <summary>Every version of every package, by code, then version.</summary>
    public IReadOnlyList<PublishedPackage> Packages { get; }

    /// <summary>The version of each package that new applications take, by code.</summary>
    public IEnumerable<PackageDefinition> Latest => _latest.Values;

    public PackageDefinition? Find(string code) => _latest.GetValueOrDefault(code);

    public ServiceDefinition Service(string code) => Services.First(s => s.Code == code);

    public AgencyDefinition AgencyOf(ServiceDefinition service) =>
        Agencies.First(a => service.Code.StartsWith($"{a.Code}/", StringComparison.Ordinal));
}
