using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Mpp.Contracts;

namespace Mpp.Gateway.Status;

/// <summary>The page for people: one line per service, no script, asks again by itself.</summary>
internal static class StatusPage
{
    private static readonly string Style = ReadStyle();

    private static readonly LocalizedText AllWell = new("Semua layanan berjalan", "All services are running");
    private static readonly LocalizedText SomeAway = new(
        "Sebagian layanan tidak menjawab", "Some services do not answer");
    private static readonly LocalizedText AsOf = new("Keadaan pada", "As of");
    private static readonly LocalizedText TryIt = new("Dokumentasi API", "API documentation");

    private static readonly Dictionary<string, LocalizedText> States = new(StringComparer.Ordinal)
    {
        ["healthy"] = new("berjalan", "running"),
        ["unhealthy"] = new("tidak menjawab", "does not answer"),
        ["unknown"] = new("belum diperiksa", "not asked yet"),
    };

    private static readonly Dictionary<string, LocalizedText> Titles = ReadTitles();

    public static string Render(MallStatus status, DateTimeOffset now, string language)
    {
        var well = status.Status == "healthy";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="10">
            <title>MPP Digital</title><link rel="icon" href="data:,">
            <style>{Style}</style>
            </head>
            <body><main>
            <header><p class="mall">MPP Digital</p>
            <h1 class="{(well ? "healthy" : "unhealthy")}">{(well ? AllWell : SomeAway).In(language)}</h1></header>
            <ul>
            """);
        foreach (var service in status.Services)
        {
            var name = Titles.TryGetValue(service.Name, out var title) ? title.In(language) : service.Name;
            var copies = service.Copies > 1 ? $" ({service.HealthyCopies}/{service.Copies})" : "";
            html.Append(CultureInfo.InvariantCulture, $"""
                <li class="{service.Status}"><span>{WebUtility.HtmlEncode(name)}</span>
                <b>{States[service.Status].In(language)}{copies}</b></li>
                """);
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            </ul>
            <footer><span>{AsOf.In(language)} <time>{now:yyyy-MM-dd HH:mm:ss} UTC</time></span>
            <a href="/docs/">{TryIt.In(language)}</a></footer>
            </main></body></html>
            """);
        return html.ToString();
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(Resource("status.css"));
        return reader.ReadToEnd();
    }

    private static Dictionary<string, LocalizedText> ReadTitles()
    {
        using var list = Resource("services.json");
        return JsonSerializer.Deserialize<List<ListedService>>(list, JsonSerializerOptions.Web)!
            .ToDictionary(service => service.Name, service => service.Title, StringComparer.Ordinal);
    }

    private static Stream Resource(string name) => typeof(StatusPage).Assembly.GetManifestResourceStream(name)!;

    private sealed record ListedService(string Name, LocalizedText Title);
}
