using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Mpp.Gateway.Routing;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// An API change is a diff that somebody reads. Set MPP_UPDATE_SNAPSHOTS=1 to write the document anew, and commit
    /// it with the change.
    /// </summary>
    [Fact]
    public async Task The_published_document_is_what_the_services_say()
    {
        var path = Path.Combine(Root(), "contracts", "openapi", "mpp.json");
        var services = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["applications"] =
                await MergedDocument.OfAsync(Path.Combine(AppContext.BaseDirectory, "Mpp.Applications.dll")),
            ["catalogue"] = await MergedDocument.OfAsync(Path.Combine(AppContext.BaseDirectory, "Mpp.Catalogue.dll")),
            ["payments"] = await MergedDocument.OfAsync(Path.Combine(AppContext.BaseDirectory, "Mpp.Payments.dll")),
            ["identity"] = await MergedDocument.OfAsync(Path.Combine(AppContext.BaseDirectory, "Mpp.Identity.dll")),
            ["gateway"] = await GatewayAsync(),
        };
        var merged = MergedDocument.Merge(services).ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("MPP_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, merged);
        }

        merged.ShouldBe(await File.ReadAllTextAsync(path), "contracts/openapi/mpp.json is not what the services say: "
            + "run this test with MPP_UPDATE_SNAPSHOTS=1 and read the difference");
    }

    [Fact]
    public async Task The_gateway_shows_the_document_and_a_page_to_try_it()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        document.GetProperty("paths").EnumerateObject().Select(path => path.Name)
            .ShouldBe(PublicRoute.Table.Where(route => !route.IsPage).Select(route => route.Path)
                .Distinct(StringComparer.Ordinal).Concat(["/sandbox/clock", "/sandbox/people"]));
        document.GetProperty("components")
            .GetProperty("securitySchemes").GetProperty("token").GetProperty("type").GetString().ShouldBe("oauth2");

        using var page = await gateway.SendAsync(HttpMethod.Get, "/docs/index.html");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("MPP Digital API");
    }

    [Fact]
    public async Task With_another_issuer_the_document_names_that_one()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Services:identity"] = "",
            ["Auth:Authority"] = "https://127.0.0.1:1",
        }, "Production");

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token");
        document.GetProperty("paths").EnumerateObject().ShouldNotContain(
            path => path.Name.StartsWith("/sandbox/", StringComparison.Ordinal)
                || path.Name.StartsWith("/identity/", StringComparison.Ordinal));
        scheme.GetProperty("openIdConnectUrl")
            .GetString().ShouldBe("https://127.0.0.1:1/.well-known/openid-configuration");
        using var issuer = await gateway.SendAsync(HttpMethod.Post, "/identity/token", gateway.Token());
        issuer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>What the gateway answers itself, as it is in a sandbox.</summary>
    private static Task<JsonNode> GatewayAsync() => MergedDocument.OfAsync(
        Path.Combine(AppContext.BaseDirectory, "Mpp.Gateway.dll"),
        [
            ("Auth__Authority", "http://127.0.0.1:1"),
            ("Sandbox__ClockFile", Path.Combine(Path.GetTempPath(), "mpp-no-clock")),
            .. PublicRoute.Table.Select(route => route.Service).Distinct(StringComparer.Ordinal)
                .Select(service => ($"Gateway__Services__{service}", "http://127.0.0.1:1")),
        ]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mpp.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
