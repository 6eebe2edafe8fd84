using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mpp.Contracts.Steps;

namespace Mpp.Integration.Operations;

/// <summary>The rest of the mall, as far as the console asks it.</summary>
internal sealed class StubMall : HttpMessageHandler
{
    /// <summary>What the coordinator tells again.</summary>
    public ConcurrentDictionary<Guid, ApplicationChanged> Known { get; } = new();

    /// <summary>What it answers about an application: by number.</summary>
    public ConcurrentDictionary<string, string> Applications { get; } = new(StringComparer.Ordinal);

    /// <summary>Acts that it was asked for, with who asked.</summary>
    public ConcurrentQueue<(string Path, string Token, string Body)> Acts { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path == "/internal/packages")
        {
            return Json("""{"agencies":[],"services":[],"packages":[]}""");
        }

        if (path == "/internal/applications")
        {
            var first = request.RequestUri.Query.Contains(Guid.Empty.ToString(), StringComparison.Ordinal);
            var items = first ? Known.Values.OrderBy(c => c.ApplicationId).ToList() : [];
            return Json(JsonSerializer.Serialize(new
            {
                items = items.Select(c => new { id = c.ApplicationId, sequence = c.Sequence, updatedAt = c.At }),
            }));
        }

        if (path == "/internal/changes")
        {
            var wanted = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return Json(JsonSerializer.Serialize(new
            {
                items = wanted.GetProperty("ids").EnumerateArray().Select(id => Known[id.GetGuid()]),
            }, JsonSerializerOptions.Web));
        }

        if (request.Method == HttpMethod.Post)
        {
            Acts.Enqueue((path, request.Headers.Authorization?.Parameter ?? "",
                await request.Content!.ReadAsStringAsync(cancellationToken)));
        }

        return path.Split('/') is [_, "v1", "applications", var number, ..]
            && Applications.TryGetValue(number, out var application)
                ? Json(path.EndsWith("/timeline", StringComparison.Ordinal) ? """{"items":[]}""" : application)
                : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
    }

    private static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
