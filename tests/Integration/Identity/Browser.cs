using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>What a browser does: keeps cookies, fills in forms, and follows redirects inside the mall.</summary>
internal sealed partial class Browser(IdentityHost identity, string address = "192.0.2.1")
{
    public const string SignInPath = "/identity/sign-in";

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The raw <c>Set-Cookie</c> headers, oldest first.</summary>
    public List<string> SetCookies { get; } = [];

    public string? Session => Cookies.GetValueOrDefault("mpp-session");

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        request.Headers.Add("X-Forwarded-For", address);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await identity.Client.SendAsync(request);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            SetCookies.Add(set);
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length > 0)
            {
                Cookies[pair[0]] = pair[1];
            }
            else
            {
                Cookies.Remove(pair[0]);
            }
        }

        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Opens the sign-in page and sends its form.</summary>
    public async Task<HttpResponseMessage> SignInAsync(
        string name, string password = IdentityHost.Password, string? page = null)
    {
        page ??= SignInPath;
        using var form = await GetAsync(page);
        form.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await SendAsync(HttpMethod.Post, page,
            [.. await HiddenAsync(form), ("name", name), ("password", password)]);
    }

    /// <summary>The hidden fields of a page's form.</summary>
    public static async Task<(string Name, string Value)[]> HiddenAsync(HttpResponseMessage page) =>
        [.. HiddenField().Matches(await page.Content.ReadAsStringAsync()).Select(
            match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];

    /// <summary>Goes where an answer leads, as long as that is inside the mall.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        for (var turn = 0; turn < 5 && answer.Headers.Location is { } to; turn++)
        {
            if (to.IsAbsoluteUri && !to.OriginalString.StartsWith(IdentityHost.Origin, StringComparison.Ordinal))
            {
                return answer;
            }

            answer.Dispose();
            answer = await GetAsync(to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString);
        }

        return answer;
    }

    [GeneratedRegex(
        """<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)"\s*/?>""", RegexOptions.None, 1000)]
    private static partial Regex HiddenField();
}
