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

    /// <summary>
    /// A service of every agency that any test's step can be: it takes a text and gives a paper, and some values.
    /// </summary>
    private static readonly IEnumerable<ServiceDefinition> Papers = Real.Agencies.Select(agency => new ServiceDefinition
    {
        Code = $"{agency.Code}/paper",
        Name = new LocalizedText("Surat", "Paper"),
        Input = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string"}}}"""),
        Output = JsonElement.Parse("""
            {
                "type": "object",
                "properties": {
                    "value": { "type": "integer" },
                    "level": { "enum": ["polsek", "polres"] },
                    "note": { "type": "string" }
                },
                "additionalProperties": false
            }
            """),
        Requirements =
        [
            new Requirement("no-open-record", new LocalizedText("Tidak ada perkara.", "No open record.")),
            new Requirement("photo", new LocalizedText("Foto jelas.", "A clear photo.")),
        ],
        Documents = ["paper"],
        FeeRupiah = 30_000,
    });

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

    public static IReadOnlyList<string> DocumentsOf(string service) => Published(service).Documents;

    public static string RequirementOf(string service) => Published(service).Requirements[0].Code;

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

        var answer = new PublishedCatalogue
        {
            Agencies = Real.Agencies,
            Services = [.. Real.Services, .. Papers],
            Packages = Packages,
        };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = JsonContent.Create(answer, options: MppJson.Options),
            Headers = { ETag = tag },
        });
    }

    private static ServiceDefinition Published(string service) =>
        Real.Services.Concat(Papers).Single(s => s.Code == service);
}
