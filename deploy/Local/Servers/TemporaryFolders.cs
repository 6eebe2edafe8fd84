using System.Diagnostics;

namespace Mpp.Local;

/// <summary>Data folders of test runs.</summary>
internal static class TemporaryFolders
{
    public const string Prefix = "mpp-servers-";

    /// <summary>
    /// A new folder. Others may pass through it, as the servers run as users of their own; what is in it is closed.
    /// </summary>
    public static string Create()
    {
        var folder = Directory.CreateTempSubdirectory(Prefix);
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }
        return folder.FullName;
    }

    /// <summary>
    /// Removes a folder from a process of its own: a test process that has run its last test is not given the time.
    /// </summary>
    public static void Remove(string path)
    {
        try
        {
            using var _ = Process.Start(new ProcessStartInfo("setsid", ["rm", "-rf", path])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Something is left in the temporary folder: no reason to fail.
        }
    }

    /// <summary>Ends and removes what test runs that were killed left behind.</summary>
    public static async Task SweepAsync(IProgress<LocalProgress>? progress, TimeProvider time)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            // A folder without a lock file is being made at this moment, or being removed; an old one was left in the
            // middle of that.
            if (!File.Exists(Path.Combine(folder, "lock"))
                && Directory.GetLastWriteTimeUtc(folder) > time.GetUtcNow().UtcDateTime.AddMinutes(-5))
            {
                continue;
            }
            try
            {
                using (await DataFolder.OpenAsync(folder, progress))
                {
                    Remove(folder);
                }
            }
            catch (LocalException)
            {
                // In use, or another user's.
            }
        }
    }
}
