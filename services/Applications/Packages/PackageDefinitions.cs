using System.Collections.Concurrent;
using System.Collections.Frozen;
using Mpp.Applications.Data;

namespace Mpp.Applications.Packages;

/// <summary>A package that can be applied for, with its form ready to check input against.</summary>
internal sealed record OfferedPackage(PackageDefinition Definition, SchemaForm Form);

/// <summary>
/// The packages as this service knows them: copied from the catalogue into its own database, and from there into
/// memory. A running application reads the version it is pinned to from here, whatever the catalogue does meanwhile.
/// </summary>
internal sealed class PackageDefinitions(IServiceScopeFactory scopes)
{
    /// <summary>
    /// How definitions are written in the catalogue's answer and in the database; fields of a later version are passed
    /// over.
    /// </summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<(string Code, int Version), PackageDefinition> _pinned = new();
    private readonly ConcurrentDictionary<(string Code, int Version), SchemaForm> _forms = new();
    private volatile FrozenDictionary<string, OfferedPackage> _offered = FrozenDictionary<string, OfferedPackage>.Empty;
    private volatile FrozenDictionary<string, PublishedStandard> _standards =
        FrozenDictionary<string, PublishedStandard>.Empty;
    private volatile FrozenDictionary<string, LocalizedText> _names = FrozenDictionary<string, LocalizedText>.Empty;
    private volatile FrozenDictionary<string, FrozenDictionary<string, LocalizedText>> _requirements =
        FrozenDictionary<string, FrozenDictionary<string, LocalizedText>>.Empty;

    /// <summary>
    /// Whether there is anything to apply for. If not, a good submission cannot be told from a mistake.
    /// </summary>
    public bool Any => _offered.Count > 0;

    /// <summary>
    /// The version that a new application gets; <see langword="null"/> when the package is not offered.
    /// </summary>
    public OfferedPackage? Offered(string code) => _offered.GetValueOrDefault(code);

    /// <summary>A service's standard as published last; <see langword="null"/> when it never was.</summary>
    public PublishedStandard? Standard(string service) => _standards.GetValueOrDefault(service);

    /// <summary>
    /// A service's standard, also one that another copy of this service has learnt of first. Read outside the caller's
    /// transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException">No catalogue has published it.</exception>
    public async ValueTask<PublishedStandard> StandardAsync(string service, CancellationToken cancellationToken)
    {
        if (Standard(service) is null)
        {
            await LoadAsync(cancellationToken);
        }

        return Standard(service)
            ?? throw new InvalidOperationException($"The standard of {service} is not in the database.");
    }

    /// <summary>What people call an agency or a service; its code when it has no name here.</summary>
    public LocalizedText Name(string code) => _names.GetValueOrDefault(code) ?? new LocalizedText(code, code);

    /// <summary>The requirements of a service's published standard, by their codes.</summary>
    public IReadOnlyDictionary<string, LocalizedText> Requirements(string service) =>
        _requirements.GetValueOrDefault(service) ?? FrozenDictionary<string, LocalizedText>.Empty;

    /// <summary>The version that an application is pinned to.</summary>
    public async ValueTask<PackageDefinition> PinnedAsync(string code, int version, CancellationToken cancellationToken)
    {
        if (_pinned.TryGetValue((code, version), out var known))
        {
            return known;
        }

        // Another copy of the service has learnt of it first, or it is no longer offered. Read outside
        // the caller's transaction.
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider
            .GetRequiredService<ApplicationsDbContext>().PackageDefinitions.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Code == code && r.Version == version, cancellationToken)
            ?? throw new InvalidOperationException(
                $"Package {code} version {version} is pinned by an application, but not in the database.");
        return _pinned.GetOrAdd((code, version), Read<PackageDefinition>(row.Definition));
    }

    /// <summary>The form of a version, also of one that is no longer offered.</summary>
    public async ValueTask<SchemaForm> FormAsync(PackageDefinition definition, CancellationToken cancellationToken) =>
        _forms.TryGetValue((definition.Code, definition.Version), out var form)
            ? form
            : _forms.GetOrAdd((definition.Code, definition.Version), await SchemaForm.CompileAsync(
                definition.Input, "/input", cancellationToken));

    /// <summary>Takes over what is in the database.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var rows = await database.PackageDefinitions.AsNoTracking()
            .Where(r => r.Offered).ToListAsync(cancellationToken);
        var names = await database.CatalogueNames.AsNoTracking().ToListAsync(cancellationToken);

        var offered = new Dictionary<string, OfferedPackage>(StringComparer.Ordinal);
        foreach (var package in rows.GroupBy(r => r.Code, StringComparer.Ordinal))
        {
            var latest = package.MaxBy(r => r.Version)!;
            if (Offered(latest.Code) is not { } known || known.Definition.Version != latest.Version)
            {
                var definition = Read<PackageDefinition>(latest.Definition);
                known = new(definition, await FormAsync(definition, cancellationToken));
            }

            offered[latest.Code] = known;
            _pinned[(latest.Code, latest.Version)] = known.Definition;
        }

        var standards = new Dictionary<string, PublishedStandard>(StringComparer.Ordinal);
        foreach (var row in await database.ServiceDefinitions.AsNoTracking().ToListAsync(cancellationToken))
        {
            var service = Read<ServiceDefinition>(row.Definition);
            standards[row.Code] = await PublishedStandard.OfAsync(service, cancellationToken);
        }

        _standards = standards.ToFrozenDictionary(StringComparer.Ordinal);
        _offered = offered.ToFrozenDictionary(StringComparer.Ordinal);
        // A requirement is named {agency}/{service}/{requirement}.
        _requirements = names.Where(n => n.Code.Count(c => c is '/') == 2)
            .GroupBy(n => n.Code[..n.Code.LastIndexOf('/')], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToFrozenDictionary(n => n.Code[(n.Code.LastIndexOf('/') + 1)..],
                n => new LocalizedText(n.Indonesian, n.English), StringComparer.Ordinal), StringComparer.Ordinal);
        _names = names.ToFrozenDictionary(
            n => n.Code, n => new LocalizedText(n.Indonesian, n.English), StringComparer.Ordinal);
    }

    private static T Read<T>(string definition) =>
        JsonSerializer.Deserialize<T>(definition, Json) ?? throw new JsonException("A definition cannot be null.");
}
