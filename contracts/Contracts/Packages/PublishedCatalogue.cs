namespace Mpp.Contracts.Packages;

/// <summary>
/// What the catalogue gives the coordinator at <c>GET /internal/packages</c>: everything that is published, checked as
/// a whole. The answer carries an <c>ETag</c>; it changes with any definition.
/// </summary>
public sealed record PublishedCatalogue
{
    /// <summary>Every agency.</summary>
    public required IReadOnlyList<AgencyDefinition> Agencies { get; init; }

    /// <summary>Every service that an agency offers.</summary>
    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    /// <summary>
    /// Every published version of every package, by code, then version. New applications take the highest version of a
    /// code; the others are there for the applications that are pinned to them.
    /// </summary>
    public required IReadOnlyList<PackageDefinition> Packages { get; init; }
}
