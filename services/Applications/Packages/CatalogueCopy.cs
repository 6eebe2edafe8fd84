using System.Net;
using System.Net.Http.Headers;
using Mpp.Applications.Data;

namespace Mpp.Applications.Packages;

/// <summary>
/// Copies the catalogue into this service's database: at start until it succeeds, then whenever its tag has changed,
/// and when somebody asks for a package that is not known here.
/// </summary>
internal sealed partial class CatalogueCopy(
    IHttpClientFactory clients, IServiceScopeFactory scopes, PackageDefinitions packages, TimeProvider time,
    ILogger<CatalogueCopy> logger) : BackgroundService
{
    public const string Client = "catalogue";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MissInterval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>
    /// Asks the catalogue now, unless it was asked a moment ago: anybody can send many unknown codes.
    /// </summary>
    public async Task RefreshOnMissAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _asked >= MissInterval)
        {
            await RefreshAsync(quiet: false, cancellationToken);
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var succeeded = true; !stoppingToken.IsCancellationRequested;)
        {
            succeeded = await RefreshAsync(quiet: !succeeded, stoppingToken);
            await Task.Delay(succeeded ? Interval : RetryInterval, time, stoppingToken);
        }
    }

    private async Task<bool> RefreshAsync(bool quiet, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _asked = time.GetUtcNow();
            if (!packages.Any)
            {
                // The catalogue may be away; what was copied before is enough to work with.
                await packages.LoadAsync(cancellationToken);
            }

            await CopyAsync(cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (!quiet)
            {
                Failed(logger, fault);
            }

            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "internal/packages");
        if (_tag is not null)
        {
            request.Headers.IfNoneMatch.Add(_tag);
        }

        using var client = clients.CreateClient(Client);
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotModified)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
        var catalogue = await response.Content.ReadFromJsonAsync<PublishedCatalogue>(
            PackageDefinitions.Json, cancellationToken)
            ?? throw new JsonException("The catalogue's answer is empty.");
        await StoreAsync(catalogue, cancellationToken);
        await packages.LoadAsync(cancellationToken);
        _tag = response.Headers.ETag;
        Copied(logger, catalogue.Packages.Count);
    }

    private async Task StoreAsync(PublishedCatalogue catalogue, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // Several copies of the service do this at the same time.
        await database.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtext('catalogue-copy'))", cancellationToken);

        var known = await database.PackageDefinitions.ToDictionaryAsync(r => (r.Code, r.Version), cancellationToken);
        foreach (var row in known.Values)
        {
            row.Offered = false;
        }

        foreach (var definition in catalogue.Packages)
        {
            var text = JsonSerializer.Serialize(definition, PackageDefinitions.Json);
            if (!known.TryGetValue((definition.Code, definition.Version), out var row))
            {
                database.Add(row = new PackageDefinitionRow
                {
                    Code = definition.Code,
                    Version = definition.Version,
                    Definition = text
                });
            }
            else if (row.Definition != text)
            {
                // Applications may run under it: the first content of a version is the one that counts.
                Changed(logger, definition.Code, definition.Version);
            }

            row.Offered = true;
        }

        var services = await database.ServiceDefinitions.ToDictionaryAsync(
            r => r.Code, StringComparer.Ordinal, cancellationToken);
        foreach (var service in catalogue.Services)
        {
            if (!services.TryGetValue(service.Code, out var row))
            {
                database.Add(row = new ServiceDefinitionRow { Code = service.Code });
            }

            row.Definition = JsonSerializer.Serialize(service, PackageDefinitions.Json);
        }

        var names = await database.CatalogueNames.ToDictionaryAsync(
            r => r.Code, StringComparer.Ordinal, cancellationToken);
        foreach (var (code, name) in catalogue.Agencies.Select(a => (a.Code, a.Name))
            .Concat(catalogue.Services.Select(s => (s.Code, s.Name)))
            .Concat(catalogue.Services.SelectMany(s => s.Requirements.Select(r => ($"{s.Code}/{r.Code}", r.Text)))))
        {
            if (!names.TryGetValue(code, out var row))
            {
                database.Add(row = new CatalogueNameRow { Code = code });
            }

            (row.Indonesian, row.English) = (name.Id, name.En);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "The catalogue's {Count} package versions are copied.")]
    private static partial void Copied(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning,
        "The catalogue cannot be copied; the earlier copy stays in use, and the service tries again.")]
    private static partial void Failed(ILogger logger, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "The catalogue has changed package {Package} version {Version} after "
        + "publishing it; the first content is kept. Publish a new version instead.")]
    private static partial void Changed(ILogger logger, string package, int version);
}
