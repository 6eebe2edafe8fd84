using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mpp.Catalogue.Data;
using Mpp.Hosting.Start;

namespace Mpp.Catalogue.Publishing;

/// <summary>
/// Publishes at start what is new in the files, and refuses to start when a published version has changed or is gone:
/// applications are pinned to it, and their rules must not change.
/// </summary>
internal sealed partial class Publication(
    IServiceScopeFactory scopes, Definitions catalogue, TimeProvider time, ILogger<Publication> logger)
    : IHostedService, IHealthCheck
{
    private volatile bool _isDone;

    /// <summary>Whether the definitions are published, and may be given out.</summary>
    public bool IsDone => _isDone;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CatalogueDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var added = await AddAsync(database, cancellationToken);
        var published = await database.PublishedDefinitions.AsNoTracking().ToListAsync(cancellationToken);
        if (Faults(published).ToList() is { Count: > 0 } faults)
        {
            throw new StartException(string.Concat(faults.Select(f => $"{Environment.NewLine}  {f}")));
        }

        await transaction.CommitAsync(cancellationToken);
        _isDone = true;
        LogPublished(logger, catalogue.Packages.Count, added);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDone
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The definitions are not published yet."));

    /// <summary>
    /// Why the definitions cannot be given out: for each fault the place in the files, and the reason.
    /// </summary>
    internal IEnumerable<string> Faults(IEnumerable<PublishedDefinition> published)
    {
        var files = catalogue.Packages.ToDictionary(p => (p.Definition.Code, p.Definition.Version));
        foreach (var definition in published.OrderBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Version))
        {
            var on = definition.PublishedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (!files.TryGetValue((definition.Code, definition.Version), out var file))
            {
                yield return $"packages/{definition.Code}.v{definition.Version}.json: the file is gone, but this "
                    + $"version was published on {on} and applications may be pinned to it. Bring the file back.";
            }
            else if (file.Sha256 != definition.Sha256)
            {
                yield return $"{file.File}: the content is not what was published on {on}, "
                    + "and a published version never changes. Take the change back and make it in "
                    + $"version {catalogue.Find(definition.Code)!.Version + 1}.";
            }
        }
    }

    /// <summary>
    /// Several copies of the service may start at once: the first one's row counts, and the others compare with it.
    /// </summary>
    private Task<int> AddAsync(CatalogueDbContext database, CancellationToken cancellationToken)
    {
        string[] codes = [.. catalogue.Packages.Select(p => p.Definition.Code)];
        int[] versions = [.. catalogue.Packages.Select(p => p.Definition.Version)];
        string[] digests = [.. catalogue.Packages.Select(p => p.Sha256)];
        var now = time.GetUtcNow();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO published_definitions (code, version, sha256, published_at)
            SELECT code, version, sha256, {now}
            FROM unnest({codes}, {versions}, {digests}) AS new (code, version, sha256)
            ON CONFLICT (code, version) DO NOTHING
            """, cancellationToken);
    }

    [LoggerMessage(
        1, LogLevel.Information, "The catalogue has {Versions} package versions; {Added} of them are newly published.")]
    private static partial void LogPublished(ILogger logger, int versions, int added);
}
