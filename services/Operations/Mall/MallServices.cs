using System.Collections.Frozen;
using System.Text.Json;

namespace Mpp.Operations.Mall;

/// <summary>The services of the mall, as the list of services names them for people.</summary>
internal static class MallServices
{
    private static readonly FrozenDictionary<string, LocalizedText> Titles = Read();

    /// <summary>Their names, <c>police</c>.</summary>
    public static IEnumerable<string> Names => Titles.Keys.Order(StringComparer.Ordinal);

    /// <summary>What people call a service; its name when it is not on the list.</summary>
    public static LocalizedText Title(string service) => Titles.GetValueOrDefault(service) ?? new(service, service);

    private static FrozenDictionary<string, LocalizedText> Read()
    {
        using var list = typeof(MallServices).Assembly.GetManifestResourceStream("services.json")!;
        return JsonSerializer.Deserialize<List<Listed>>(list, JsonSerializerOptions.Web)!
            .ToFrozenDictionary(service => service.Name, service => service.Title);
    }

    private sealed record Listed(string Name, LocalizedText Title);
}
