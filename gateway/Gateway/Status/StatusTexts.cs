using System.Text.Json;
using Mpp.Contracts;
using Mpp.Web.Layout;

namespace Mpp.Gateway.Status;

/// <summary>The words of the status page; the services' names are those of the list of services.</summary>
internal static class StatusTexts
{
    public static readonly PageFrame Frame = new("/status", new("Keadaan layanan", "Status"))
    {
        IsNarrow = true,
    };

    public static readonly LocalizedText AllWell = new("Semua layanan berjalan", "All services are running");

    public static readonly LocalizedText SomeAway = new(
        "Sebagian layanan tidak menjawab", "Some services do not answer");

    public static readonly LocalizedText AsOf = new("Keadaan pada", "As of");
    public static readonly LocalizedText TryIt = new("Dokumentasi API", "API documentation");

    private static readonly Dictionary<string, LocalizedText> States = new(StringComparer.Ordinal)
    {
        ["healthy"] = new("berjalan", "running"),
        ["unhealthy"] = new("tidak menjawab", "does not answer"),
        ["unknown"] = new("belum diperiksa", "not asked yet"),
    };

    private static readonly Dictionary<string, LocalizedText> Titles = ReadTitles();

    public static LocalizedText State(string status) => States[status];

    public static LocalizedText Title(string service) =>
        Titles.TryGetValue(service, out var title) ? title : new(service, service);

    private static Dictionary<string, LocalizedText> ReadTitles()
    {
        using var list = typeof(StatusTexts).Assembly.GetManifestResourceStream("services.json")!;
        return JsonSerializer.Deserialize<List<ListedService>>(list, JsonSerializerOptions.Web)!
            .ToDictionary(service => service.Name, service => service.Title, StringComparer.Ordinal);
    }

    private sealed record ListedService(string Name, LocalizedText Title);
}
