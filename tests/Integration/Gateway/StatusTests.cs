using System.Net;
using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class StatusTests
{
    [Fact]
    public async Task Health_tells_of_every_service_behind_and_nothing_else_about_it()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Services:police"] = "http://127.0.0.1:1",
            ["Gateway:HealthInterval"] = "00:00:00.2",
        });

        var status = await UntilAsync(
            gateway, status => Service(status, "catalogue") == "healthy" && Service(status, "police") == "unhealthy");
        status.GetProperty("status").GetString().ShouldBe("degraded");
        Service(status, "applications").ShouldBe("healthy");
        status.GetRawText().ShouldNotContain("127.0.0.1");

        await gateway.Catalogue.DisposeAsync();
        await UntilAsync(gateway, status => Service(status, "catalogue") == "unhealthy");
    }

    [Fact]
    public async Task The_page_speaks_the_language_of_the_reader()
    {
        await using var gateway = await GatewayHost.StartAsync();

        (await PageAsync("id")).ShouldContain("Katalog layanan");
        (await PageAsync("en-GB,en;q=0.9,id;q=0.5")).ShouldContain("Catalogue of services");

        async Task<string> PageAsync(string languages)
        {
            using var answer = await gateway.SendAsync(
                HttpMethod.Get, "/status", token: null, content: null, ("Accept-Language", languages));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    private static string? Service(JsonElement status, string name) =>
        status.GetProperty("services").EnumerateArray()
            .Single(service => service.GetProperty("name").GetString() == name).GetProperty("status").GetString();

    private static async Task<JsonElement> UntilAsync(GatewayHost gateway, Func<JsonElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var answer = await gateway.SendAsync(HttpMethod.Get, "/health");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var status = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            if (condition(status))
            {
                return status;
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
