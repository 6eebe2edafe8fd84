using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>The operators' console as the identity service sees it: a client with code, PKCE and refresh tokens.
/// </summary>
internal sealed class ConsoleClient(IdentityHost identity)
{
    private readonly string _verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string AuthorizePath(params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = "console",
            ["response_type"] = "code",
            ["redirect_uri"] = IdentityHost.Callback,
            ["scope"] = "openid profile offline_access applications.read applications.operate operations.read "
                + "operations.approve",
            ["state"] = "the-state",
            ["nonce"] = "the-nonce",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(
            "/identity/authorize", query.Where(pair => pair.Value is not null).ToDictionary());
    }

    /// <summary>Signs somebody in, and comes back with the code.</summary>
    public async Task<string> CodeAsync(Browser browser, string name)
    {
        using var asked = await browser.GetAsync(AuthorizePath());
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var signedIn = await browser.SignInAsync(name, page: asked.Headers.Location!.OriginalString);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await signedIn.Content.ReadAsStringAsync());
        using var back = await browser.FollowAsync(signedIn);
        return Code(back);
    }

    public static string Code(HttpResponseMessage back)
    {
        var to = back.Headers.Location.ShouldNotBeNull();
        to.GetLeftPart(UriPartial.Path).ShouldBe(IdentityHost.Callback);
        var query = QueryHelpers.ParseQuery(to.Query);
        query["state"].ToString().ShouldBe("the-state");
        return query["code"].ToString();
    }

    public Task<TokenReply> RedeemAsync(string code, string? verifier = null) => PostAsync(
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", IdentityHost.Callback),
        ("code_verifier", verifier ?? _verifier));

    public Task<TokenReply> RefreshAsync(string token) =>
        PostAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>Signs somebody in, and gets the tokens.</summary>
    public async Task<TokenReply> TokensAsync(Browser browser, string name) =>
        (await RedeemAsync(await CodeAsync(browser, name))).ShouldBeGood();

    private Task<TokenReply> PostAsync(params (string Name, string Value)[] fields) => TokenReply.AskAsync(
        identity, [.. fields, ("client_id", "console"), ("client_secret", IdentityHost.Secret)]);
}

/// <summary>An answer of the token endpoint.</summary>
internal sealed record TokenReply(HttpStatusCode Status, JsonElement Body)
{
    public string AccessToken => Text("access_token")!;

    public string RefreshToken => Text("refresh_token")!;

    public string IdToken => Text("id_token")!;

    public JsonWebToken Access => new(AccessToken);

    public static async Task<TokenReply> AskAsync(IdentityHost identity, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await identity.Client.PostAsync("/identity/token", form);
        var text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, JsonElement.Parse(text));
    }

    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.GetString() : null;

    public TokenReply ShouldBeGood()
    {
        Status.ShouldBe(HttpStatusCode.OK, Body.ToString());
        return this;
    }

    public void ShouldBeRefused(HttpStatusCode status, string error)
    {
        Status.ShouldBe(status, Body.ToString());
        Text("error").ShouldBe(error);
        Body.TryGetProperty("access_token", out _).ShouldBeFalse();
    }
}
