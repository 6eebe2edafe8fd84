using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Identity;

/// <summary>A person of the sandbox signs in through the gateway, as a browser and the console would do it.</summary>
[Collection(MallCollection.Name)]
public sealed partial class SignInTests(MallFixture mall)
{
    private static readonly string Verifier = new('v', 64);

    [Fact]
    public async Task An_operator_signs_in_and_reads_the_worklist_and_an_auditor_does_not()
    {
        (await ReadAsync("operator.7402", "/v1/worklist")).ShouldBe(HttpStatusCode.OK);
        (await ReadAsync("auditor.7402", "/v1/worklist")).ShouldBe(HttpStatusCode.Forbidden);
        (await ReadAsync("auditor.7402", "/v1/refunds")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> ReadAsync(string person, string path)
    {
        using var http = mall.Mall.Client();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(person));
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task<string> TokenAsync(string person)
    {
        var redirect = new Uri(mall.Mall.GatewayAddress, "/console/signin-oidc").AbsoluteUri;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = mall.Mall.GatewayAddress,
        };
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var asked = await browser.GetAsync(new Uri("/identity/authorize?client_id=console&response_type=code"
            + $"&redirect_uri={Uri.EscapeDataString(redirect)}&scope=openid&code_challenge={challenge}"
            + "&code_challenge_method=S256&state=s", UriKind.Relative));
        var page = asked.Headers.Location.ShouldNotBeNull();
        var form = await browser.GetStringAsync(page);
        using var fields = new FormUrlEncodedContent([
            new("form", FormField().Match(form).Groups["value"].Value), new("name", person),
            new("password", mall.Mall.People.Single(one => one.Name == person).Password)]);
        using var signedIn = await browser.PostAsync(page, fields);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await signedIn.Content.ReadAsStringAsync());
        using var back = await browser.GetAsync(signedIn.Headers.Location);
        var code = CodeIn().Match(back.Headers.Location.ShouldNotBeNull().Query).Groups["value"].Value;

        using var request = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"), new("code", Uri.UnescapeDataString(code)),
            new("redirect_uri", redirect), new("code_verifier", Verifier), new("client_id", "console"),
            new("client_secret", mall.Mall.SecretOf("console"))]);
        using var answer = await browser.PostAsync(new Uri("/identity/token", UriKind.Relative), request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text).GetProperty("access_token").GetString()!;
    }

    [GeneratedRegex("name=\"form\" value=\"(?<value>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex FormField();

    [GeneratedRegex("[?&]code=(?<value>[^&]+)", RegexOptions.None, 1000)]
    private static partial Regex CodeIn();
}
