using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Mpp.Local;

/// <summary>Tokens for the sandbox's programs, asked for again shortly before they end.</summary>
internal sealed class TokenSource(HttpClient gateway, Secrets secrets, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _tokens =
        new(StringComparer.Ordinal);

    public async Task<string> GetAsync(string client, CancellationToken cancellationToken)
    {
        if (!SandboxClients.Ids.Contains(client, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The sandbox has the clients {string.Join(", ", SandboxClients.Ids)}.", nameof(client));
        }
        if (_tokens.TryGetValue(client, out var known) && known.Until > time.GetUtcNow())
        {
            return known.Token;
        }
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = SandboxClients.Secret(secrets, client),
        });
        using var answer = await gateway.PostAsync(
            new Uri("/identity/token", UriKind.Relative), form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<Answer>(cancellationToken))!;
        _tokens[client] = (token.AccessToken, time.GetUtcNow().AddSeconds(token.ExpiresIn - 60));
        return token.AccessToken;
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
