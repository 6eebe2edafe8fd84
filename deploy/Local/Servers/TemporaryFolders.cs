namespace Mpp.Local;

/// <summary>Data folders of test runs.</summary>
internal static class TemporaryFolders
{
    public const string Prefix = "mpp-servers-";

    /// <summary>Removes a folder that other users own parts of, as far as this user may.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something is left in the temporary folder: no reason to fail.
        }
    }

    /// <summary>Ends and removes what test runs that were killed left behind.</summary>
    public static async Task SweepAsync(IProgress<LocalProgress>? progress)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            // A folder without a lock file is being made at this moment.
            if (!File.Exists(Path.Combine(folder, "lock")))
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
