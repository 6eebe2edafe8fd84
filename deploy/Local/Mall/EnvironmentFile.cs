namespace Mpp.Local;

/// <summary>
/// The environment of a service that somebody starts by hand, in a file that only its owner may read: lines
/// <c>KEY=value</c>.
/// </summary>
internal static class EnvironmentFile
{
    public static void Write(string path, IReadOnlyDictionary<string, string> environment)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A new file replaces the old one, which may have other access rights.
        using (var writer = new StreamWriter(path + ".new", options))
        {
            foreach (var (key, value) in environment)
            {
                writer.WriteLine($"{key}={value}");
            }
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}
