using System.Net;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>
/// How sessions begin, what they are worth, and how they end. Each test moves the service's clock, so each has a
/// service of its own.
/// </summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private IdentityHost _identity = null!;
    private Browser _browser = null!;
    private ConsoleClient _console = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _identity = await IdentityHost.StartAsync(await _servers.CreateDatabaseAsync("identity"));
        (_browser, _console) = (new Browser(_identity), new ConsoleClient(_identity));
    }

    public Task DisposeAsync() => _identity.DisposeAsync().AsTask();

    [Fact]
    public async Task A_refresh_token_is_good_once_and_used_again_it_voids_all()
    {
        var first = await _console.TokensAsync(_browser, "operator.7402");
        var second = (await _console.RefreshAsync(first.RefreshToken)).ShouldBeGood();
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        second.Access.Subject.ShouldBe(first.Access.Subject);

        _identity.Clock.Move(TimeSpan.FromMinutes(1));
        (await _console.RefreshAsync(first.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await _console.RefreshAsync(second.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends_after_half_an_hour()
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");
        _identity.Clock.Move(TimeSpan.FromMinutes(29));
        tokens = (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeGood();
        _identity.Clock.Move(TimeSpan.FromMinutes(29));
        tokens = (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeGood();

        _identity.Clock.Move(TimeSpan.FromMinutes(31));
        (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await IsAskedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_however_busy()
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");
        for (var hours = 0.0; hours < 7.9; hours += 0.4)
        {
            tokens = (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeGood();
            _identity.Clock.Move(TimeSpan.FromHours(0.4));
        }

        (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await IsAskedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_is_ended_in_the_table_is_ended()
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");

        await _identity.ExecuteAsync("UPDATE sessions SET ended_at = now()");

        (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await IsAskedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_is_disabled_gets_nothing_more()
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");

        await _identity.ExecuteAsync("UPDATE accounts SET disabled_at = now()");

        (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await IsAskedAsync()).ShouldBeTrue();
        using var again = await new Browser(_identity).SignInAsync("operator.7402");
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_with_the_next_token()
    {
        var tokens = await _console.TokensAsync(_browser, "head.7402");
        tokens.Access.GetClaim("scope").Value.ShouldContain("operations.approve");

        await _identity.ExecuteAsync("UPDATE accounts SET role = 'auditor'");

        var next = (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeGood();
        next.Access.GetClaim("role").Value.ShouldBe("auditor");
        next.Access.GetClaim("scope").Value.ShouldNotContain("operations.approve");
        next.Access.GetClaim("scope").Value.ShouldNotContain("operate");
    }

    [Fact]
    public async Task Signing_in_makes_a_new_session_whatever_cookie_the_browser_brings()
    {
        // Somebody has put a cookie into the browser before, their own session or an invented one.
        var attacker = new Browser(_identity);
        await attacker.SignInAsync("auditor.7402");
        var planted = attacker.Session.ShouldNotBeNull();
        _browser.Cookies["mpp-session"] = planted;

        await _browser.SignInAsync("operator.7402");

        _browser.Session.ShouldNotBeNull().ShouldNotBe(planted);
        (await IsAskedAsync(attacker)).ShouldBeTrue("the session that was there before is over");
        var invented = new Browser(_identity);
        invented.Cookies["mpp-session"] = new string('0', 64);
        await invented.SignInAsync("operator.7402");
        invented.Session.ShouldNotBeNull().ShouldNotBe(new string('0', 64));
    }

    [Fact]
    public async Task A_form_from_another_page_is_refused()
    {
        using var page = await _browser.GetAsync(Browser.SignInPath);
        var fields = await Browser.HiddenAsync(page);
        (string, string)[] person = [("name", "operator.7402"), ("password", IdentityHost.Password)];

        using var without = await _browser.SendAsync(HttpMethod.Post, Browser.SignInPath, person);
        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var stranger = new Browser(_identity);
        using var noCookie = await stranger.SendAsync(HttpMethod.Post, Browser.SignInPath, [.. fields, .. person]);
        noCookie.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (_browser.Session, stranger.Session).ShouldBe((null, null));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_leads_back()
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");
        var session = _browser.Session.ShouldNotBeNull();

        using var back = await _browser.GetAsync($"/identity/logout?id_token_hint={tokens.IdToken}"
            + $"&post_logout_redirect_uri={Uri.EscapeDataString(IdentityHost.SignedOut)}&state=s");

        back.Headers.Location.ShouldNotBeNull().OriginalString.ShouldBe($"{IdentityHost.SignedOut}?state=s");
        _browser.Session.ShouldBeNull();
        _browser.Cookies["mpp-session"] = session;
        (await IsAskedAsync()).ShouldBeTrue("a cookie that was kept is worth nothing");
        (await _console.RefreshAsync(tokens.RefreshToken)).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid_grant");
        (await _identity.ScalarAsync<long>("SELECT count(*) FROM sign_in_events WHERE kind = 'signed-out' "
            + "AND account_id IS NOT NULL AND session_id IS NOT NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_alone_signs_nobody_out()
    {
        await _console.TokensAsync(_browser, "operator.7402");

        using var asked = await _browser.GetAsync("/identity/logout");
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var forged = await _browser.SendAsync(HttpMethod.Post, "/identity/logout", ("confirmed", "1"));
        (await IsAskedAsync()).ShouldBeFalse("the session goes on");

        using var done = await _browser.SendAsync(
            HttpMethod.Post, "/identity/logout", [.. await Browser.HiddenAsync(asked), ("confirmed", "1")]);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await IsAskedAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://evil.test/")]
    [InlineData("http://console.test.evil.test/signed-out")]
    [InlineData("//evil.test/")]
    public async Task Signing_out_leads_nobody_to_another_site(string address)
    {
        var tokens = await _console.TokensAsync(_browser, "operator.7402");

        using var answer = await _browser.GetAsync($"/identity/logout?id_token_hint={tokens.IdToken}"
            + $"&post_logout_redirect_uri={Uri.EscapeDataString(address)}");

        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task The_cookie_is_for_this_service_only_and_no_script_reads_it()
    {
        await _browser.SignInAsync("operator.7402");

        Flags(_browser, "mpp-session").ShouldBe(["httponly", "path=/identity", "samesite=lax"]);
        Flags(_browser, "mpp-form").ShouldBe(["httponly", "path=/identity", "samesite=strict"]);
    }

    [Fact]
    public async Task Where_the_mall_is_https_cookies_are_secure_by_name_and_flag()
    {
        await using var https = await IdentityHost.StartAsync(
            await _servers.CreateDatabaseAsync("identity"),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Auth:Authority"] = "https://mall.test/identity",
            });
        var browser = new Browser(https);

        await browser.SignInAsync("operator.7402");

        Flags(browser, "__Secure-mpp-session").ShouldBe(["httponly", "path=/identity", "samesite=lax", "secure"]);
        Flags(browser, "__Secure-mpp-form").ShouldBe(["httponly", "path=/identity", "samesite=strict", "secure"]);
    }

    private static IEnumerable<string> Flags(Browser browser, string cookie) => browser.SetCookies
        .Last(set => set.StartsWith($"{cookie}=", StringComparison.Ordinal)).Split("; ").Skip(1)
        .Select(flag => flag.ToLowerInvariant()).Order(StringComparer.Ordinal);

    /// <summary>Whether somebody has to sign in at this browser.</summary>
    private async Task<bool> IsAskedAsync(Browser? browser = null)
    {
        using var answer = await (browser ?? _browser).GetAsync(_console.AuthorizePath());
        return answer.Headers.Location!.OriginalString.StartsWith(Browser.SignInPath, StringComparison.Ordinal);
    }
}
