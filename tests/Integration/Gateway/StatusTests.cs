using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    [Fact]
    public async Task The_page_takes_nothing_from_elsewhere_and_its_style_may_be_kept_for_good()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var page = await gateway.SendAsync(HttpMethod.Get, "/status");
        var policy = page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("style=");
        var address = Regex.Match(html, "href=\"(?<style>/status/assets/web-[0-9a-f]+\\.css)\"", RegexOptions.None,
            TimeSpan.FromSeconds(1)).Groups["style"].Value;

        using var style = await gateway.SendAsync(HttpMethod.Get, address);
        style.StatusCode.ShouldBe(HttpStatusCode.OK);
        style.Headers.CacheControl!.ToString().ShouldContain("immutable");
        style.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    [Fact]
    public async Task The_readers_choice_of_a_language_stays()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var choice = await gateway.SendAsync(HttpMethod.Get, "/status/language?to=en&back=%2Fstatus");
        choice.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        choice.Headers.Location!.OriginalString.ShouldBe("/status");
        var cookie = choice.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];

        using var page = await gateway.SendAsync(
            HttpMethod.Get, "/status", token: null, content: null, ("Accept-Language", "id"), ("Cookie", cookie));
        (await page.Content.ReadAsStringAsync()).ShouldContain("Catalogue of services");
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
