using System.Collections.Frozen;
using System.Text.Json;

namespace Mpp.Operations.Mall;

/// <summary>The services of the mall, as the list of services names them for people.</summary>
internal static class MallServices
{
    private static readonly IReadOnlyList<Service> Listed = Read();

    private static readonly FrozenDictionary<string, LocalizedText> Titles = Listed.ToFrozenDictionary(
        service => service.Name, service => service.Title, StringComparer.Ordinal);

    /// <summary>
    /// The names of those that say by messages how they are, <c>police</c>. How the others are is known to the gateway.
    /// </summary>
    public static IReadOnlyList<string> Heard { get; } = [.. Listed.Where(service => service.Broker is not null)
        .Select(service => service.Name).Order(StringComparer.Ordinal)];

    /// <summary>What people call a service; its name when it is not on the list.</summary>
    public static LocalizedText Title(string service) => Titles.GetValueOrDefault(service) ?? new(service, service);

    private static List<Service> Read()
    {
        using var list = typeof(MallServices).Assembly.GetManifestResourceStream("services.json")!;
        return JsonSerializer.Deserialize<List<Service>>(list, JsonSerializerOptions.Web)!;
    }

    private sealed record Service(string Name, LocalizedText Title, string? Broker);
}
