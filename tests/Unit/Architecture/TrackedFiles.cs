using System.Diagnostics;
using Mpp.Unit.Contracts;

namespace Mpp.Unit.Architecture;

/// <summary>What belongs to the repository, as Git has it.</summary>
internal static class TrackedFiles
{
    public static string[] Of(params string[] patterns)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--", .. patterns])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        // What is deleted, and not yet committed, is still Git's.
        return [.. git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => File.Exists(Path.Combine(Repository.Root, path)))];
    }
}
