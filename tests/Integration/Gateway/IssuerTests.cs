using System.Net;
using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class IssuerTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    public async Task A_client_gets_a_token_that_opens_the_gateway()
    {
        using var answer = await AskAsync("portal", GatewayHost.ClientSecret);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        var token = await ReadAsync(answer);
        token.GetProperty("token_type").GetString().ShouldBe("Bearer");
        token.GetProperty("expires_in").GetInt32().ShouldBe(3600);
        token.GetProperty("scope").GetString().ShouldBe("applications.submit applications.read");

        using var opened = await _gateway.SendAsync(
            HttpMethod.Get, "/v1/applications/1", token.GetProperty("access_token").GetString());
        opened.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_client_may_ask_for_less_and_not_for_more()
    {
        using var less = await AskAsync("portal", GatewayHost.ClientSecret, "applications.read");
        var token = (await ReadAsync(less)).GetProperty("access_token").GetString();
        await _gateway.SendAsync(HttpMethod.Post, "/v1/applications", token)
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");

        using var more = await AskAsync("portal", GatewayHost.ClientSecret, "applications.read admin");
        await RefusedAsync(more, HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Theory]
    [InlineData("portal", "wrong")]
    [InlineData("portal", "")]
    [InlineData("nobody", GatewayHost.ClientSecret)]
    [InlineData("nobody", "")]
    [InlineData("", "")]
    public async Task A_wrong_secret_and_an_unknown_client_are_refused_alike(string client, string secret)
    {
        using var answer = await AskAsync(client, secret);

        await RefusedAsync(answer, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task The_client_may_name_itself_in_the_header()
    {
        using var content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/token") { Content = content };
        request.Headers.Authorization = new(
            "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"portal:{GatewayHost.ClientSecret}")));

        using var answer = await _gateway.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_grant_and_another_media_type_are_refused_in_OAuth_form()
    {
        using var password = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "portal"),
            new("client_secret", GatewayHost.ClientSecret)]);
        using var first = await _gateway.SendAsync(HttpMethod.Post, "/sandbox/token", token: null, password);
        await RefusedAsync(first, HttpStatusCode.BadRequest, "unsupported_grant_type");

        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var second = await _gateway.SendAsync(HttpMethod.Post, "/sandbox/token", token: null, json);
        await RefusedAsync(second, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_in_OAuth_form()
    {
        using var parts = new MultipartFormDataContent { { new StringContent("portal"), "client_id" } };
        using var many = new FormUrlEncodedContent(
            Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"f{i}", "1")));
        using var noBoundary = new StringContent("x", System.Text.Encoding.UTF8, "multipart/form-data");
        foreach (var content in (HttpContent[])[parts, many, noBoundary])
        {
            using var answer = await _gateway.SendAsync(HttpMethod.Post, "/sandbox/token", token: null, content);
            await RefusedAsync(answer, HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    [Fact]
    public async Task Discovery_leads_to_the_keys_and_shows_no_private_part()
    {
        using var discovery = await _gateway.SendAsync(HttpMethod.Get, "/.well-known/openid-configuration");
        var document = await ReadAsync(discovery);
        document.GetProperty("issuer").GetString().ShouldBe(GatewayHost.Authority);
        document.GetProperty("jwks_uri").GetString().ShouldBe($"{GatewayHost.Authority}/sandbox/jwks");

        using var keys = await _gateway.SendAsync(HttpMethod.Get, "/sandbox/jwks");
        var key = (await ReadAsync(keys)).GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
        key.EnumerateObject().Select(property => property.Name).ShouldBe(["kty", "use", "alg", "kid", "crv", "x", "y"]);
    }

    [Fact]
    public async Task A_lifetime_below_zero_makes_tokens_that_have_expired()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Sandbox:TokenLifetime"] = "-00:05:00" });
        using var content = Form("portal", GatewayHost.ClientSecret, scope: null);
        using var answer = await gateway.SendAsync(HttpMethod.Post, "/sandbox/token", token: null, content);
        var token = (await ReadAsync(answer)).GetProperty("access_token").GetString();

        await gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", token)
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-expired");
    }

    private async Task<HttpResponseMessage> AskAsync(string client, string secret, string? scope = null)
    {
        using var content = Form(client, secret, scope);
        return await _gateway.SendAsync(HttpMethod.Post, "/sandbox/token", token: null, content);
    }

    private static FormUrlEncodedContent Form(string client, string secret, string? scope)
    {
        List<KeyValuePair<string, string>> fields =
            [new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)];
        if (scope is not null)
        {
            fields.Add(new("scope", scope));
        }

        return new FormUrlEncodedContent(fields);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string error)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Headers.Contains("Trace-Id").ShouldBeTrue();
        (await ReadAsync(answer)).GetProperty("error").GetString().ShouldBe(error);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
