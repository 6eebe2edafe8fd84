using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mpp.Catalogue.Loading;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Hosting.Json;

namespace Mpp.Integration.Applications;

/// <summary>
/// The real definitions, and some made for tests, behind the catalogue's internal address. They can change and go away.
/// </summary>
internal sealed class StubCatalogue : HttpMessageHandler
{
    private static readonly Mpp.Catalogue.Definitions Real =
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    public List<PackageDefinition> Packages { get; } = [.. Real.Packages.Select(p => p.Definition)];

    public int Version { get; set; } = 1;

    public bool Down { get; set; }

    /// <summary>A package whose steps take no input but a text, so that tests can draw any graph.</summary>
    public static PackageDefinition Package(string code, int version, params IReadOnlyList<StepDefinition> steps) =>
        new()
        {
            Code = code,
            Version = version,
            Title = new LocalizedText($"{code} {version}", $"{code} {version}"),
            Description = new LocalizedText("Uji", "Test"),
            Input = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string","maxLength":40}},"required":["text"],"additionalProperties":false}"""),
            Retention = new Retention(30),
            Steps = steps,
        };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new HttpRequestException("The catalogue is away.");
        }

        var tag = new EntityTagHeaderValue($"\"{Version}\"");
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotModified));
        }

        var answer = new PublishedCatalogue { Agencies = Real.Agencies, Services = Real.Services, Packages = Packages };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = JsonContent.Create(answer, options: MppJson.Options),
            Headers = { ETag = tag },
        });
    }
}
