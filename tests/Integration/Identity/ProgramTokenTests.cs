using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;

namespace Mpp.Integration.Identity;

public sealed class ProgramTokenTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly IdentityHost _identity = fixture.Identity;

    [Fact]
    public async Task A_program_with_a_secret_gets_a_signed_token_that_says_what_and_where()
    {
        var reply = (await AskAsync("portal", IdentityHost.Secret)).ShouldBeGood();

        reply.Text("token_type").ShouldBe("Bearer");
        reply.Text("scope").ShouldBe("applications.submit applications.read");
        reply.Body.GetProperty("expires_in").GetInt32().ShouldBeInRange(3590, 3600);
        var token = reply.Access;
        (token.Typ, token.Alg).ShouldBe(("at+jwt", "ES256"));
        token.Issuer.ShouldBe(IdentityHost.Issuer);
        token.Audiences.ShouldBe(["mpp"]);
        token.Subject.ShouldBe("portal");
        token.GetClaim("client_id").Value.ShouldBe("portal");
        token.GetClaim("scope").Value.ShouldBe("applications.submit applications.read");
        token.GetClaim("region").Value.ShouldBe("74.02");
        token.GetClaim("jti").Value.ShouldNotBeEmpty();
        (await ValidateAsync(reply.AccessToken)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task The_secret_may_be_in_the_header()
    {
        using var content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/identity/token") { Content = content };
        request.Headers.Authorization = new(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"portal:{IdentityHost.Secret}")));

        using var answer = await _identity.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_program_may_ask_for_less_and_not_for_more()
    {
        var less = (await AskAsync("portal", IdentityHost.Secret, "applications.read")).ShouldBeGood();
        less.Access.GetClaim("scope").Value.ShouldBe("applications.read");

        (await AskAsync("portal", IdentityHost.Secret, "applications.read payments.refund"))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_scope");
        (await AskAsync("portal", IdentityHost.Secret, "no.such.scope"))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Theory]
    [InlineData("portal", "wrong")]
    [InlineData("nobody", IdentityHost.Secret)]
    [InlineData("signing", IdentityHost.Secret)]
    public async Task A_wrong_secret_and_an_unknown_client_are_refused_alike(string client, string secret) =>
        (await AskAsync(client, secret)).ShouldBeRefused(HttpStatusCode.Unauthorized, "invalid_client");

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", "unsupported_grant_type")]
    [InlineData("authorization_code", "invalid_request")]
    public async Task Another_grant_is_refused_in_OAuth_form(string grant, string error) =>
        (await TokenReply.AskAsync(_identity, ("grant_type", grant), ("client_id", "portal"),
            ("client_secret", IdentityHost.Secret))).ShouldBeRefused(HttpStatusCode.BadRequest, error);

    [Fact]
    public async Task A_client_of_people_gets_no_token_for_itself() =>
        (await AskAsync("console", IdentityHost.Secret))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "unauthorized_client");

    [Fact]
    public async Task A_form_that_cannot_be_read_is_no_fault_of_ours()
    {
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var parts = new MultipartFormDataContent { { new StringContent("portal"), "client_id" } };
        using var many = new FormUrlEncodedContent(
            Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"f{i}", "1")));
        using var noBoundary = new StringContent("x", Encoding.UTF8, "multipart/form-data");
        foreach (var content in (HttpContent[])[json, parts, many, noBoundary])
        {
            using var answer = await _identity.Client.PostAsync("/identity/token", content);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        }
    }

    [Fact]
    public async Task A_program_with_a_key_signs_its_request()
    {
        var reply = (await AskSignedAsync(Assertion())).ShouldBeGood();

        reply.Access.Subject.ShouldBe("signing");
        reply.Access.GetClaim("region").Value.ShouldBe("*");
        reply.Text("scope").ShouldBe("applications.read");
    }

    [Fact]
    public async Task A_signed_request_of_another_key_time_audience_or_program_is_refused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create();
        foreach (var assertion in (string[])[
            Assertion(key: new ECDsaSecurityKey(other) { KeyId = IdentityHost.ClientKey.KeyId }),
            Assertion(lifetime: TimeSpan.FromMinutes(-10)), Assertion(audience: "http://elsewhere.test/"),
            Assertion(client: "portal"), "garbage"])
        {
            var reply = await AskSignedAsync(assertion);

            ((int)reply.Status).ShouldBeInRange(400, 401, reply.Body.ToString());
            reply.Text("error").ShouldBeOneOf("invalid_client", "invalid_request", "invalid_grant");
        }
    }

    [Fact]
    public async Task Discovery_names_the_endpoints_and_the_keys_have_no_private_part()
    {
        using var discovery = await _identity.Client.GetAsync("/identity/.well-known/openid-configuration");
        var document = JsonElement.Parse(await discovery.Content.ReadAsStringAsync());
        document.GetProperty("issuer").GetString().ShouldBe(IdentityHost.Issuer);
        foreach (var (name, path) in ((string, string)[])[("token_endpoint", "token"), ("jwks_uri", "jwks"),
            ("authorization_endpoint", "authorize"), ("end_session_endpoint", "logout")])
        {
            document.GetProperty(name).GetString().ShouldBe($"{IdentityHost.Issuer}{path}");
        }

        Texts(document, "code_challenge_methods_supported").ShouldBe(["S256"]);
        Texts(document, "grant_types_supported")
            .ShouldBe(["authorization_code", "client_credentials", "refresh_token"], ignoreOrder: true);
        Texts(document, "token_endpoint_auth_methods_supported").ShouldContain("private_key_jwt");

        using var keys = await _identity.Client.GetAsync("/identity/jwks");
        var key = JsonElement.Parse(await keys.Content.ReadAsStringAsync()).GetProperty("keys").EnumerateArray()
            .ShouldHaveSingleItem();
        key.EnumerateObject().Select(property => property.Name)
            .ShouldBe(["kid", "use", "kty", "alg", "crv", "x", "y"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_forged_host_changes_no_address()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/.well-known/openid-configuration");
        request.Headers.Host = "evil.test";
        request.Headers.Add("X-Forwarded-Host", "evil.test");

        using var answer = await _identity.Client.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("evil.test");
    }

    [Fact]
    public async Task Every_answer_is_recorded_and_nothing_of_it()
    {
        await AskAsync("portal", IdentityHost.Secret);
        await AskAsync("portal", "a-wrong-secret-nobody-has");
        await AskAsync("somebody-typed-a-password-here", "x");

        (await _identity.ScalarAsync<long>(
            "SELECT count(*) FROM sign_in_events WHERE kind = 'token-issued' AND client_id = 'portal'"))
            .ShouldBeGreaterThan(0);
        (await _identity.ScalarAsync<long>("SELECT count(*) FROM sign_in_events WHERE kind = 'token-refused' "
            + "AND client_id = 'portal' AND error = 'invalid_client'")).ShouldBeGreaterThan(0);
        (await _identity.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM sign_in_events e"))
            .ShouldNotContain("typed-a-password");
        (await _identity.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM sign_in_events e"))
            .ShouldNotContain("127.0.0.1");
        var said = string.Join('\n', _identity.Log.Lines);
        said.ShouldNotContain("a-wrong-secret-nobody-has");
        said.ShouldNotContain(IdentityHost.Secret);
        said.ShouldNotContain("eyJ");
    }

    private Task<TokenReply> AskAsync(string client, string secret, string? scope = null) => TokenReply.AskAsync(
        _identity, [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret),
            .. scope is null ? [] : ((string, string)[])[("scope", scope)]]);

    private Task<TokenReply> AskSignedAsync(string assertion) => TokenReply.AskAsync(
        _identity, ("grant_type", "client_credentials"), ("client_id", "signing"),
        ("client_assertion_type", AssertionType), ("client_assertion", assertion));

    private static string Assertion(
        SecurityKey? key = null, TimeSpan? lifetime = null, string audience = IdentityHost.Issuer,
        string client = "signing")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var end = now + (lifetime ?? TimeSpan.FromMinutes(1));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "client-authentication+jwt",
                Issuer = client,
                Audience = audience,
                IssuedAt = end - TimeSpan.FromMinutes(2),
                NotBefore = end - TimeSpan.FromMinutes(2),
                Expires = end,
                SigningCredentials = new SigningCredentials(
                    key ?? IdentityHost.ClientKey, SecurityAlgorithms.EcdsaSha256),
                Claims = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["sub"] = client,
                    ["jti"] = Guid.NewGuid().ToString(),
                },
            });
    }

    private async Task<TokenValidationResult> ValidateAsync(string token)
    {
        using var keys = await _identity.Client.GetAsync("/identity/jwks");
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = IdentityHost.Issuer,
            ValidAudience = "mpp",
            ValidTypes = ["at+jwt"],
            IssuerSigningKeys = new JsonWebKeySet(await keys.Content.ReadAsStringAsync()).GetSigningKeys(),
        });
    }

    private static IEnumerable<string?> Texts(JsonElement document, string name) =>
        document.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
