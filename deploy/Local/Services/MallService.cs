using System.Text.Json.Serialization;

namespace Mpp.Local;

/// <summary>A process of the mall, as <c>services/services.json</c> lists it.</summary>
/// <param name="Name">Its name, kebab-case.</param>
/// <param name="Project">The folder of its project, below the root.</param>
/// <param name="Database">Its database and role; <see langword="null"/> when it has none.</param>
/// <param name="Broker">Its part in the step protocol; <see langword="null"/> when it sends no messages.</param>
internal sealed record MallService(string Name, string Project, string? Database, BrokerPart? Broker)
{
    public const string Gateway = "gateway";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Everything that runs.</summary>
    public static readonly IReadOnlyList<MallService> All = Read();

    /// <summary>What stands behind the assembly when it is started.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The built assembly, of the same configuration as this one.</summary>
    public string Assembly
    {
        get
        {
            var project = Path.GetFileName(Project);
            var path = Path.Combine(
                Repository.Root, "artifacts", "bin", project, Repository.Configuration, $"Mpp.{project}.dll");
            return File.Exists(path)
                ? path
                : throw new LocalException($"{path} is not built: run `dotnet build deploy/Local` first.");
        }
    }

    private static List<MallService> Read()
    {
        using var list = typeof(MallService).Assembly.GetManifestResourceStream("services.json")!;
        return JsonSerializer.Deserialize<List<MallService>>(list, Format)!;
    }
}
