using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Hosting.Clock;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class ClockTests : IAsyncLifetime
{
    private const string Path = "/sandbox/clock";
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mpp-clock").FullName;
    private GatewayHost _gateway = null!;

    private string ClockFile => System.IO.Path.Combine(_folder, "clock");

    private string Token => _gateway.Token("sandbox.clock");

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Sandbox:ClockFile"] = ClockFile });

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_clock_moves_forward_for_all_who_follow_the_file()
    {
        var follower = new SandboxClock(ClockFile);
        (await ReadAsync(await _gateway.SendAsync(HttpMethod.Get, Path))).ShouldBeAhead(TimeSpan.Zero);

        (await MoveAsync("""{ "advance": "5.00:00:00" }""")).ShouldBeAhead(TimeSpan.FromDays(5));
        follower.Offset.ShouldBe(TimeSpan.FromDays(5));
        (await MoveAsync("""{ "advance": "00:30:00" }"""))
            .ShouldBeAhead(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(30));

        var to = TimeProvider.System.GetUtcNow().AddDays(40).ToOffset(TimeSpan.FromHours(8));
        (await MoveAsync($$"""{ "to": "{{to:yyyy-MM-ddTHH:mm:sszzz}}" }""")).ShouldBeAhead(TimeSpan.FromDays(40));
        (await ReadAsync(await _gateway.SendAsync(HttpMethod.Get, Path))).ShouldBeAhead(TimeSpan.FromDays(40));
        follower.GetUtcNow().ShouldBe(to, Slack);
    }

    [Fact]
    public async Task Moves_at_the_same_time_all_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MoveAsync("""{ "advance": "1.00:00:00" }""")));

        (await ReadAsync(await _gateway.SendAsync(HttpMethod.Get, Path))).ShouldBeAhead(TimeSpan.FromDays(8));
    }

    [Fact]
    public async Task Tokens_from_before_and_after_are_good_and_live_as_long_as_ever()
    {
        var before = _gateway.Token();
        await MoveAsync("""{ "advance": "5.00:00:00" }""");

        var after = _gateway.Token();
        foreach (var token in (string?[])[before, after])
        {
            using var answer = await _gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        await _gateway
            .SendAsync(HttpMethod.Get, "/v1/applications/1", _gateway.Token(lifetime: TimeSpan.FromMinutes(-5)))
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-expired");
    }

    [Theory]
    [InlineData("{}", "", "one-of")]
    [InlineData("""{ "advance": "1.00:00:00", "to": "2036-01-01T00:00:00Z" }""", "", "one-of")]
    [InlineData("""{ "advance": "00:00:00" }""", "/advance", "not-forward")]
    [InlineData("""{ "advance": "-00:00:01" }""", "/advance", "not-forward")]
    [InlineData("""{ "advance": "3654.00:00:00" }""", "/advance", "too-far")]
    [InlineData("""{ "advance": "five days" }""", "/advance", "wrong-type")]
    [InlineData("""{ "advance": 5 }""", "/advance", "wrong-type")]
    [InlineData("""{ "to": "2020-01-01T00:00:00Z" }""", "/to", "not-forward")]
    [InlineData("""{ "to": "9999-12-31T23:59:59Z" }""", "/to", "too-far")]
    [InlineData("""{ "to": "2027-01-01T08:00:00" }""", "/to", "invalid-date")]
    [InlineData("""{ "to": "tomorrow" }""", "/to", "invalid-date")]
    [InlineData("""{ "by": "1.00:00:00" }""", "/by", "unknown-field")]
    public async Task A_move_that_is_none_is_a_problem_that_names_the_field(string body, string pointer, string code)
    {
        var problem = await PostAsync(body).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid-request");

        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe(pointer);
        error.GetProperty("code").GetString().ShouldBe(code);
        File.Exists(ClockFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Moving_it_needs_the_scope()
    {
        using var body = Json("""{ "advance": "1.00:00:00" }""");
        await _gateway.SendAsync(HttpMethod.Post, Path, token: null, body)
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        using var again = Json("""{ "advance": "1.00:00:00" }""");
        await _gateway.SendAsync(HttpMethod.Post, Path, _gateway.Token(), again)
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        File.Exists(ClockFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_sandbox_without_the_file_has_no_such_address()
    {
        await using var gateway = await GatewayHost.StartAsync();

        await gateway.SendAsync(HttpMethod.Get, Path, gateway.Token("sandbox.clock"))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var body = Json("""{ "advance": "1.00:00:00" }""");
        await gateway.SendAsync(HttpMethod.Post, Path, gateway.Token("sandbox.clock"), body)
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task In_production_nothing_of_the_sandbox_is_mapped()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Auth:Authority"] = "https://issuer.test",
            }, "Production");

        Routes(gateway).ShouldContain(r => r.StartsWith("/v1/", StringComparison.Ordinal));
        Routes(gateway).ShouldNotContain(r => r.Contains("sandbox", StringComparison.OrdinalIgnoreCase));
        Routes(_gateway).ShouldContain(Path);
        using var answer = await gateway.SendAsync(HttpMethod.Get, Path);
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    private static IEnumerable<string> Routes(GatewayHost gateway) =>
        gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "");

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = Json(body);
        return await _gateway.SendAsync(HttpMethod.Post, Path, Token, content);
    }

    private async Task<JsonElement> MoveAsync(string body) => await ReadAsync(await PostAsync(body));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            return JsonDocument.Parse(text).RootElement;
        }
    }
}

internal static class ClockAssertions
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static void ShouldBeAhead(this JsonElement state, TimeSpan by)
    {
        TimeSpan.Parse(state.GetProperty("offset").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(by, Slack);
        state.GetProperty("now").GetDateTimeOffset().ShouldBe(TimeProvider.System.GetUtcNow() + by, Slack);
    }
}
