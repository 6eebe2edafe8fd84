using System.Net;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>The way of a person through the sign-in page, and what does not lead through it.</summary>
public sealed class SignInTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _identity = fixture.Identity;

    [Fact]
    public async Task A_person_signs_in_and_the_client_gets_what_role_and_client_have_in_common()
    {
        var tokens = await new ConsoleClient(_identity).TokensAsync(new Browser(_identity), "operator.7402");

        var token = tokens.Access;
        (token.Typ, token.Alg).ShouldBe(("at+jwt", "ES256"));
        token.Audiences.ShouldBe(["mpp"]);
        Guid.Parse(token.Subject).Version.ShouldBe(7);
        token.GetClaim("client_id").Value.ShouldBe("console");
        token.GetClaim("role").Value.ShouldBe("operator");
        token.GetClaim("region").Value.ShouldBe("74.02");
        token.GetClaim("scope").Value.Split(' ').ShouldBe(
            ["openid", "profile", "offline_access", "applications.read", "applications.operate", "operations.read"],
            ignoreOrder: true);
        (token.ValidTo - token.IssuedAt).ShouldBe(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2));
        token.Claims.ShouldNotContain(claim => claim.Type == "name" || claim.Type == "session");

        var person = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(tokens.IdToken);
        person.GetClaim("name").Value.ShouldBe("The operator of 74.02");
        person.GetClaim("nonce").Value.ShouldBe("the-nonce");
        person.Audiences.ShouldBe(["console"]);
        person.Subject.ShouldBe(token.Subject);
    }

    [Theory]
    [InlineData("head.7402", "head-of-mall", true, true)]
    [InlineData("auditor.7402", "auditor", false, false)]
    public async Task Only_a_head_of_a_mall_approves_and_an_auditor_acts_on_nothing(
        string name, string role, bool operates, bool approves)
    {
        var token = (await new ConsoleClient(_identity).TokensAsync(new Browser(_identity), name)).Access;

        token.GetClaim("role").Value.ShouldBe(role);
        var scopes = token.GetClaim("scope").Value.Split(' ');
        scopes.Contains("applications.operate").ShouldBe(operates);
        scopes.Contains("operations.approve").ShouldBe(approves);
        scopes.ShouldContain("operations.read");
    }

    [Fact]
    public async Task An_officer_has_an_office()
    {
        var token = (await new ConsoleClient(_identity).TokensAsync(new Browser(_identity), "officer.7402")).Access;

        token.GetClaim("office").Value.ShouldBe("police");
        token.GetClaim("scope").Value.Split(' ').ShouldBe(["openid", "profile", "offline_access"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_is_signed_in_is_not_asked_again_unless_the_client_wants_it()
    {
        var (browser, console) = (new Browser(_identity), new ConsoleClient(_identity));
        await console.CodeAsync(browser, "operator.7402");

        using var again = await browser.GetAsync(console.AuthorizePath());
        ConsoleClient.Code(again).ShouldNotBeEmpty();
        using var asked = await browser.GetAsync(console.AuthorizePath(("prompt", "login")));
        asked.Headers.Location!.OriginalString.ShouldStartWith(Browser.SignInPath);
        using var signedIn = await browser.SignInAsync("operator.7402", page: asked.Headers.Location!.OriginalString);
        ConsoleClient.Code(await browser.FollowAsync(signedIn)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_shown_a_page_when_the_client_wants_none()
    {
        using var back = await new Browser(_identity).GetAsync(
            new ConsoleClient(_identity).AuthorizePath(("prompt", "none")));

        back.Headers.Location!.OriginalString.ShouldStartWith(IdentityHost.Callback);
        back.Headers.Location.Query.ShouldContain("error=login_required");
    }

    [Fact]
    public async Task A_code_is_good_once_for_its_own_client_with_its_own_verifier()
    {
        var (browser, console) = (new Browser(_identity), new ConsoleClient(_identity));
        var code = await console.CodeAsync(browser, "operator.7402");
        (await console.RedeemAsync(code, new string('a', 43)))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");

        var other = await console.CodeAsync(new Browser(_identity), "operator.7402");
        var tokens = (await console.RedeemAsync(other)).ShouldBeGood();
        (await console.RedeemAsync(other)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "id_token")]
    [InlineData("scope", "openid payments.refund")]
    public async Task What_is_not_code_with_PKCE_or_not_the_clients_is_refused_at_its_address(
        string name, string? value)
    {
        var (browser, console) = (new Browser(_identity), new ConsoleClient(_identity));
        await browser.SignInAsync("operator.7402");

        using var back = await browser.GetAsync(console.AuthorizePath((name, value)));

        back.Headers.Location?.OriginalString.ShouldStartWith(IdentityHost.Callback);
        (back.Headers.Location?.Query ?? await back.Content.ReadAsStringAsync()).ShouldContain("error");
        (back.Headers.Location?.Query ?? "").ShouldNotContain("code=");
    }

    [Theory]
    [InlineData("http://evil.test/signin-oidc")]
    [InlineData("http://console.test/signin-oidc/../evil")]
    [InlineData("http://console.test.evil.test/signin-oidc")]
    [InlineData("http://console.test@evil.test/signin-oidc")]
    [InlineData(null)]
    public async Task A_redirect_address_that_is_not_the_clients_leads_nowhere(string? address)
    {
        var (browser, console) = (new Browser(_identity), new ConsoleClient(_identity));
        await browser.SignInAsync("operator.7402");

        using var answer = await browser.GetAsync(console.AuthorizePath(("redirect_uri", address)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("http://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test/")]
    [InlineData("/identity/authorize@evil.test?x")]
    [InlineData("/identity/authorize?x=1\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    public async Task The_sign_in_page_leads_nobody_to_another_site(string address)
    {
        using var signedIn = await new Browser(_identity).SignInAsync(
            "operator.7402", page: $"{Browser.SignInPath}?return={Uri.EscapeDataString(address)}");

        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        signedIn.Headers.Location!.OriginalString.ShouldBe(Browser.SignInPath);
    }

    [Fact]
    public async Task The_page_speaks_both_languages_needs_no_script_and_is_kept_by_nobody()
    {
        using var page = await new Browser(_identity).GetAsync(Browser.SignInPath);
        var text = await page.Content.ReadAsStringAsync();
        text.ShouldContain("Kata sandi");
        text.ShouldNotContain("<script");
        page.Headers.CacheControl?.NoStore.ShouldBeTrue();
        page.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var policy = page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        foreach (var rule in (string[])["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'",
            "base-uri 'none'"])
        {
            policy.ShouldContain(rule);
        }

        policy.ShouldNotContain("unsafe");
        using var request = new HttpRequestMessage(HttpMethod.Get, Browser.SignInPath);
        request.Headers.Add("Accept-Language", "en");
        using var english = await _identity.Client.SendAsync(request);
        (await english.Content.ReadAsStringAsync()).ShouldContain("Password");
    }

    [Fact]
    public async Task The_form_may_lead_to_the_client_that_asked_and_to_nobody_else()
    {
        var browser = new Browser(_identity);
        using var asked = await browser.GetAsync(new ConsoleClient(_identity).AuthorizePath());
        using var page = await browser.GetAsync(asked.Headers.Location!.OriginalString);

        page.Headers.GetValues("Content-Security-Policy").Single()
            .ShouldContain("form-action 'self' http://console.test");
    }
}
