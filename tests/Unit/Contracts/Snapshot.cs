using System.Text;
using Shouldly;

namespace Mpp.Unit.Contracts;

/// <summary>
/// Compares a text with a file in the repository, so that a change of what others rely on is a diff in review. With
/// <c>MPP_UPDATE_SNAPSHOTS=1</c> in the environment the files are written instead.
/// </summary>
internal static class Snapshot
{
    public static bool Updating => Environment.GetEnvironmentVariable("MPP_UPDATE_SNAPSHOTS") == "1";

    public static void ShouldMatch(string actual, string path)
    {
        var file = Path.Combine(Repository.Root, path);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        (expected == actual).ShouldBeTrue(
            $"{path} says something else. If the change is meant, and no reader of older messages breaks: "
                + $"MPP_UPDATE_SNAPSHOTS=1 dotnet test tests/Unit\n{Difference(expected, actual)}");
    }

    /// <summary>
    /// The lines that are gone (-) and new (+), with the lines around them: the longest common subsequence, as diff
    /// does it.
    /// </summary>
    internal static string Difference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var text = new StringBuilder();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                text.Append("  ").AppendLine(old[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (j >= now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append("- ").AppendLine(old[i++]);
            }
            else
            {
                text.Append("+ ").AppendLine(now[j++]);
            }
        }

        return text.ToString();
    }
}

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Mpp.slnx")) ? folder
        : Find(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("Mpp.slnx is in no folder above the tests."));
}
