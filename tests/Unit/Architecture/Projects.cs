using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Mpp.Unit.Contracts;

namespace Mpp.Unit.Architecture;

/// <summary>A project of the source tree, with what was built from it.</summary>
internal sealed record Project(string Path)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The projects that it references, by path below the root.</summary>
    public IReadOnlyList<string> References => Included("ProjectReference")
        .Select(r => System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.Combine(
            Repository.Root, System.IO.Path.GetDirectoryName(Path)!, r)).Replace('\\', '/')).ToList();

    public IReadOnlyList<string> Packages => Included("PackageReference");

    public Assembly Assembly => Assembly.Load($"Mpp.{Name}");

    private List<string> Included(string item) =>
        [.. XDocument.Load(System.IO.Path.Combine(Repository.Root, Path))
            .Descendants(item).Select(e => e.Attribute("Include")!.Value)];

    public override string ToString() => Name;
}

/// <summary>
/// The projects by their place. A new one is found by itself; for the rules on what was built, reference it from
/// tests/Unit.
/// </summary>
internal static class Projects
{
    public static Project Contracts { get; } = new("contracts/Contracts/Contracts.csproj");

    /// <summary>What runs, by the name that <c>services/services.json</c> gives it.</summary>
    public static IReadOnlyList<(string Name, Project Project)> Listed { get; } = ReadList();

    /// <summary>The shared libraries; Precompiled has no code.</summary>
    public static IReadOnlyList<Project> Platform { get; } =
        [.. In("services/platform").Where(project => project.Name != "Precompiled")];

    /// <summary>
    /// Those of the list that is read by whoever starts, shows or deploys them; the gateway is apart.
    /// </summary>
    public static IReadOnlyList<Project> Services { get; } =
        [.. Listed.Select(s => s.Project).Where(p => !p.Path.StartsWith("gateway/", StringComparison.Ordinal))];

    /// <summary>What stands in the folders of services, listed or not.</summary>
    public static IReadOnlyList<Project> Found { get; } = [.. In("services"), .. In("services/agencies")];

    public static IReadOnlyList<Project> Gateway { get; } = In("gateway");

    public static IReadOnlyList<Project> Deploy { get; } = In("deploy");

    /// <summary>Everything that runs in production.</summary>
    public static IReadOnlyList<Project> Product { get; } = [Contracts, .. Platform, .. Services, .. Gateway];

    private static List<(string, Project)> ReadList()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "services/services.json")));
        return
        [
            .. from service in list.RootElement.EnumerateArray()
               let folder = service.GetProperty("project").GetString()!
               select (service.GetProperty("name").GetString()!, new Project(
                   $"{folder}/{Path.GetFileName(folder)}.csproj")),
        ];
    }

    private static List<Project> In(string folder) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)).Order(StringComparer.Ordinal)
            .SelectMany(d => Directory.EnumerateFiles(d, "*.csproj"))
            .Select(f => new Project(Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')))];
}
