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

    /// <summary>What stands behind the program when it is started.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A program of somebody else; <see langword="null"/>: the project's assembly.</summary>
    public string? Program { get; init; }

    /// <summary>Answers with a success when the process is ready.</summary>
    public string ReadyPath { get; init; } = "/health/ready";

    /// <summary>The file to run, and what stands behind it.</summary>
    public (string File, IReadOnlyList<string> Arguments, string Folder) Command => Program is { } program
        ? (program, Arguments, Path.GetDirectoryName(program)!)
        : (Repository.DotNet, [Assembly, .. Arguments], Path.GetDirectoryName(Assembly)!);

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
