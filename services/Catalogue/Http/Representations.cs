using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mpp.Hosting.Http;
using Mpp.Hosting.Json;

namespace Mpp.Catalogue.Http;

/// <summary>An answer as it goes over the wire, and its <see cref="StateTag"/>.</summary>
internal sealed record Representation(byte[] Body, string Tag);

/// <summary>
/// The catalogue's answers, each written once: what they show does not change while the service runs.
/// </summary>
internal sealed class Representations(Definitions catalogue)
{
    private readonly ConcurrentDictionary<(string Name, string Language), Representation> _written = new();

    public Representation Packages(string language) => Written("packages", language, v => v.Packages());

    public Representation Services(string language) => Written("services", language, v => v.Services());

    public Representation Agencies(string language) => Written("agencies", language, v => v.Agencies());

    /// <summary><see langword="null"/> when there is no such package.</summary>
    public Representation? Package(string code, string language) =>
        catalogue.Find(code) is { } package
            ? Written($"packages/{package.Code}", language, v => v.Package(package))
            : null;

    /// <summary>Everything in full and in both languages, for the coordinator.</summary>
    public Representation Definitions() => Written("internal", "", _ => new PublishedCatalogue
    {
        Agencies = catalogue.Agencies,
        Services = catalogue.Services,
        Packages = [.. catalogue.Packages.Select(p => p.Definition)],
    });

    private Representation Written<T>(string name, string language, Func<Views, T> show) =>
        _written.GetOrAdd((name, language), _ =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(show(new Views(catalogue, language)), MppJson.Options);
            return new Representation(
                body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");
        });
}
