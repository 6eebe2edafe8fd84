using System.Runtime.InteropServices;

namespace Mpp.Local;

/// <summary>
/// Where things are in a clone: found from where this assembly was built, so it works for Local and for tests alike.
/// </summary>
internal static class Repository
{
    /// <summary>The folder that holds Mpp.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary><c>debug</c> or <c>release</c>, as this assembly was built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The <c>dotnet</c> that runs this process, wherever it is installed.</summary>
    public static string DotNet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mpp.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new LocalException($"{AppContext.BaseDirectory} is not in a clone of the repository: "
            + "run `dotnet run --project deploy/Local` in the clone.");
    }
}
