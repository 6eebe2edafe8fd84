namespace Mpp.Local;

/// <summary>A process of the mall.</summary>
/// <param name="Name">Its name, kebab-case.</param>
/// <param name="Project">Its project; the assembly is Mpp.&lt;Project&gt;.dll.</param>
/// <param name="Database">Its database and role; <see langword="null"/> when it has none.</param>
internal sealed record MallService(string Name, string Project, string? Database)
{
    public const string Gateway = "gateway";

    /// <summary>Everything that runs.</summary>
    public static readonly IReadOnlyList<MallService> All =
    [
        new("catalog", "Catalog", "mpp_catalog"),
        new("applications", "Applications", "mpp_applications"),
        new("payments", "Payments", "mpp_payments"),
        new("civil-registry", "CivilRegistry", "mpp_civil_registry"),
        new("police", "Police", "mpp_police"),
        new("bpjs", "Bpjs", "mpp_bpjs"),
        new("health", "Health", "mpp_health"),
        new("licensing", "Licensing", "mpp_licensing"),
        new(Gateway, "Gateway", Database: null),
    ];

    /// <summary>The built assembly, of the same configuration as this one.</summary>
    public string Assembly
    {
        get
        {
            var path = Path.Combine(Repository.Root, "artifacts", "bin", Project, Repository.Configuration, $"Mpp.{Project}.dll");
            return File.Exists(path) ? path : throw new LocalException($"{path} is not built: run `dotnet build deploy/Local` first.");
        }
    }
}
