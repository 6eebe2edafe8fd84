using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mpp.Contracts.Packages;

namespace Mpp.Operations.Mall;

/// <summary>
/// What the catalogue has published, as this process knows it: names for people, and the graph of every version of a
/// package. Without it pages show codes, and go on.
/// </summary>
internal sealed class Catalogue
{
    private volatile FrozenDictionary<string, LocalizedText> _names = FrozenDictionary<string, LocalizedText>.Empty;
    private volatile FrozenDictionary<(string, int), PackageDefinition> _packages =
        FrozenDictionary<(string, int), PackageDefinition>.Empty;

    /// <summary>The agencies' codes, in the catalogue's order.</summary>
    public IReadOnlyList<string> Agencies { get; private set; } = [];

    /// <summary>The codes of the packages.</summary>
    public IReadOnlyList<string> Packages { get; private set; } = [];

    /// <summary>The services' codes, <c>agency/service</c>.</summary>
    public IReadOnlyList<string> Services { get; private set; } = [];

    /// <summary>What people call an agency or a service; its code when nobody has said.</summary>
    public LocalizedText Name(string code) => _names.GetValueOrDefault(code) ?? new(code, code);

    /// <summary>A requirement of a service.</summary>
    public LocalizedText Requirement(string service, string code) => Name($"{service}/{code}") is { } text
        && text.Id != $"{service}/{code}" ? text : new(code, code);

    /// <summary>A package's title.</summary>
    public LocalizedText Title(string package) => Name($"package:{package}") is { } title
        && title.Id != $"package:{package}" ? title : new(package, package);

    /// <summary>A version of a package; <see langword="null"/> when the catalogue has not told of it.</summary>
    public PackageDefinition? Find(string package, int version) => _packages.GetValueOrDefault((package, version));

    /// <summary>Takes over what is published now.</summary>
    public void Take(PublishedCatalogue published)
    {
        _names = published.Agencies.Select(a => (a.Code, a.Name))
            .Concat(published.Services.Select(s => (s.Code, s.Name)))
            .Concat(published.Services.SelectMany(s => s.Requirements.Select(r => ($"{s.Code}/{r.Code}", r.Text))))
            .Concat(published.Packages.GroupBy(p => p.Code)
                .Select(p => ($"package:{p.Key}", p.OrderBy(v => v.Version).Last().Title)))
            .DistinctBy(name => name.Item1).ToFrozenDictionary(name => name.Item1, name => name.Item2);
        _packages = published.Packages.ToFrozenDictionary(p => (p.Code, p.Version));
        Agencies = [.. published.Agencies.Select(a => a.Code)];
        Services = [.. published.Services.Select(s => s.Code)];
        Packages = [.. published.Packages.Select(p => p.Code).Distinct()];
    }
}

/// <summary>Asks the catalogue at start until it answers, and then whether anything has changed.</summary>
internal sealed partial class CatalogueReader(
    IHttpClientFactory clients, Catalogue catalogue, ILogger<CatalogueReader> logger) : BackgroundService
{
    public const string Client = "catalogue";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private EntityTagHeaderValue? _tag;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var succeeded = true; !stoppingToken.IsCancellationRequested;)
        {
            var before = succeeded;
            try
            {
                await ReadAsync(stoppingToken);
                succeeded = true;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                succeeded = false;
                if (before)
                {
                    Failed(logger, fault);
                }
            }

            await Task.Delay(succeeded ? Interval : RetryInterval, stoppingToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Get, "internal/packages");
        if (_tag is not null)
        {
            request.Headers.IfNoneMatch.Add(_tag);
        }

        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotModified)
        {
            return;
        }

        answer.EnsureSuccessStatusCode();
        catalogue.Take(await answer.Content.ReadFromJsonAsync<PublishedCatalogue>(Json, cancellationToken)
            ?? throw new JsonException("The catalogue's answer is empty."));
        _tag = answer.Headers.ETag;
    }

    [LoggerMessage(1, LogLevel.Warning, "The catalogue does not answer; pages show codes until it does.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
