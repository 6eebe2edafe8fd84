using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Gateway.Routing;
using Mpp.Web.Assets;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class AccessTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    public static TheoryData<string, string, string?> Routes()
    {
        var data = new TheoryData<string, string, string?>();
        foreach (var route in PublicRoute.Table)
        {
            data.Add(route.Method, route.Path.Replace("{number}", "7402-261122-K7QX4M", StringComparison.Ordinal)
                .Replace("{code}", "birth", StringComparison.Ordinal), route.Access.RequiredScope);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_is_closed_unless_it_is_anonymous_by_word(string method, string path, string? scope)
    {
        if (scope is null)
        {
            using var open = await _gateway.SendAsync(new HttpMethod(method), path);
            open.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            return;
        }

        await _gateway.SendAsync(new HttpMethod(method), path)
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await _gateway.SendAsync(new HttpMethod(method), path, _gateway.Token(scope: "something.else"))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insufficient-scope");
        using var answer = await _gateway.SendAsync(new HttpMethod(method), path, _gateway.Token(scope));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>Every endpoint there is, whoever mapped it: what is not in this list needs a token.</summary>
    [Fact]
    public void Nothing_but_this_list_is_anonymous()
    {
        string[] anonymous =
        [
            "/", "/console", "/console/events", "/console/{**page}", "/health", "/health/live", "/health/ready",
            "/openapi/v1.json", "/openapi/{documentName}.json",
            "/identity", "/identity/.well-known/openid-configuration", "/identity/assets/{file}",
            "/identity/authorize", "/identity/jwks", "/identity/language", "/identity/logout", "/identity/sign-in",
            "/identity/token", "/sandbox/people", "/status", Asset(WebAssets.Style), Asset(WebAssets.Live),
            "/status/language",
            "/v1/agencies", "/v1/packages", "/v1/packages/{code}", "/v1/services",
        ];
        var endpoints = _gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(anonymous.Order(StringComparer.Ordinal));
        endpoints.Count().ShouldBeGreaterThan(anonymous.Length);

        string Asset(string name) => _gateway.Services.GetRequiredService<WebAssets>().Address(name);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("GET", "/internal/packages")]
    [InlineData("GET", "/v1/internal/packages")]
    [InlineData("DELETE", "/v1/applications/7402-261122-K7QX4M")]
    [InlineData("POST", "/v1/packages")]
    public async Task What_is_not_in_the_table_is_not_there_with_a_token_or_without(string method, string path)
    {
        foreach (var token in (string?[])[null, _gateway.Token()])
        {
            using var answer = await _gateway.SendAsync(new HttpMethod(method), path, token);

            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        }

        _gateway.Catalogue.Received.ShouldNotContain(request => request.Path == path && request.Method == method);
    }

    [Fact]
    public async Task An_expired_token_is_told_apart()
    {
        using var answer = await _gateway.SendAsync(
            HttpMethod.Get, "/v1/applications/1", _gateway.Token(lifetime: TimeSpan.FromMinutes(-5)));

        answer.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        await Task.FromResult(answer).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token-expired");
    }

    [Fact]
    public async Task A_token_of_another_key_issuer_or_audience_is_none()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var token in (string[])["garbage", "e30.e30.e30", _gateway.Token(key: otherKey),
            _gateway.Token(issuer: "http://other.test"), _gateway.Token(audience: "other"), Unsigned()])
        {
            await _gateway.SendAsync(HttpMethod.Get, "/v1/applications/1", token)
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }

        string Unsigned() => $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{_gateway.Token().Split('.')[1]}.";
        static string Encoded(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    [Fact]
    public async Task A_refusal_names_the_scope_that_is_missing()
    {
        using var answer = await _gateway.SendAsync(
            HttpMethod.Post, "/v1/applications", _gateway.Token(scope: "applications.read"));

        answer.Headers.WwwAuthenticate.ToString()
            .ShouldBe("""Bearer error="insufficient_scope", scope="applications.submit" """.TrimEnd());
    }

    [Fact]
    public async Task A_bad_token_does_not_shut_a_caller_out_of_what_is_public()
    {
        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/v1/packages", "garbage");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
