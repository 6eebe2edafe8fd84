using System.Net;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class LimitTests
{
    [Fact]
    public async Task A_client_that_asks_too_much_waits_and_another_does_not()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Limits:Client:PerSecond"] = "0.2",
            ["Gateway:Limits:Client:Burst"] = "3",
            ["Gateway:Limits:Clients:kiosk:PerSecond"] = "0.2",
            ["Gateway:Limits:Clients:kiosk:Burst"] = "4",
        });

        (await AllowedAsync(gateway, "portal")).ShouldBe(3);
        (await AllowedAsync(gateway, "kiosk")).ShouldBe(4);

        using var refused = await gateway.SendAsync(
            HttpMethod.Get, "/v1/applications/1", gateway.Token(client: "portal"));
        refused.Headers.RetryAfter?.Delta.ShouldNotBeNull()
            .ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        await Task.FromResult(refused).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
    }

    [Fact]
    public async Task Every_answer_tells_what_is_left()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Limits:Address:PerSecond"] = "0.1",
            ["Gateway:Limits:Address:Burst"] = "20",
            ["Gateway:Limits:Client:PerSecond"] = "0.1",
            ["Gateway:Limits:Client:Burst"] = "2",
        });

        (await LeftAsync(gateway, gateway.Token())).ShouldBe(
            ("\"address\";q=20;w=200, \"client\";q=2;w=20", "\"address\";r=19;t=10, \"client\";r=1;t=10"));
        await LeftAsync(gateway, gateway.Token());
        (await LeftAsync(gateway, gateway.Token())).Left.ShouldBe(
            "\"address\";r=17;t=30, \"client\";r=0;t=20", "the one that is refused, too");
        (await LeftAsync(gateway, "guess")).Left.ShouldBe("\"address\";r=16;t=40", "who is nobody is no client");
    }

    private static async Task<(string Policy, string Left)> LeftAsync(GatewayHost gateway, string token)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", token);
        return (answer.Headers.GetValues("RateLimit-Policy").Single(), answer.Headers.GetValues("RateLimit").Single());
    }

    [Fact]
    public async Task An_address_that_guesses_tokens_is_slowed_down_and_health_is_not()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Limits:Address:PerSecond"] = "0.2",
            ["Gateway:Limits:Address:Burst"] = "5",
        });

        for (var i = 0; i < 5; i++)
        {
            await gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", "guess")
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }

        await gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", "guess")
            .ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        using var health = await gateway.SendAsync(HttpMethod.Get, "/health/ready");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<int> AllowedAsync(GatewayHost gateway, string client)
    {
        for (var allowed = 0; allowed < 20; allowed++)
        {
            using var answer = await gateway.SendAsync(
                HttpMethod.Get, "/v1/applications/1", gateway.Token(client: client));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return allowed;
            }
        }

        return 20;
    }
}
