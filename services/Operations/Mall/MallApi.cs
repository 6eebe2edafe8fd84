using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Mpp.Operations.Access;

namespace Mpp.Operations.Mall;

/// <summary>What the mall's interface answered.</summary>
/// <param name="Status">The HTTP status; 0 when nobody answered.</param>
/// <param name="Body">The JSON, a problem too.</param>
internal sealed record ApiAnswer(int Status, JsonElement? Body)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Whether it is the other side that cannot answer, not the request that is wrong.</summary>
    public bool IsAway => Status is 0 or 429 or >= 500;

    /// <summary>A problem's code, <c>not-possible-now</c>.</summary>
    public string? Problem => Text("type")?.Split(':')[^1];

    /// <summary>A problem in words: the interface's own, in English.</summary>
    public string? Detail => Text("detail") ?? Text("title");

    private string? Text(string name) => Body is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty(name, out var text) ? text.GetString() : null;
}

/// <summary>
/// The mall's public interface, asked as the person who looks: what the person may not see there is not seen here, and
/// what the person does there stands in the timeline under the person's name.
/// </summary>
internal sealed class MallApi(IHttpClientFactory clients, IHttpContextAccessor accessor)
{
    public const string Client = "mall";

    public Task<ApiAnswer> GetAsync(string path, string language, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), language, cancellationToken);

    /// <param name="key">The same for the same deed: repeated, it is done once.</param>
    public Task<ApiAnswer> PostAsync(
        string path, object body, string key, string language, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request, language, cancellationToken);
    }

    private async Task<ApiAnswer> SendAsync(
        HttpRequestMessage request, string language, CancellationToken cancellationToken)
    {
        using var _ = request;
        var http = accessor.HttpContext ?? throw new InvalidOperationException("Somebody asks, or nobody does.");
        var token = await http.GetTokenAsync(ConsoleSignIn.Scheme, "access_token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var client = clients.CreateClient(Client);
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new ApiAnswer((int)answer.StatusCode, text.Length == 0 ? null : JsonElement.Parse(text));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException
            || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ApiAnswer(0, Body: null);
        }
    }
}
