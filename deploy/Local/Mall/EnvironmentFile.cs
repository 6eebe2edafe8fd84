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

        // A new file in place of an old one, whose rights may be others.
        using (var writer = new StreamWriter(path + ".new", options))
        {
            foreach (var (key, value) in environment)
            {
                // Of several lines there is only the issuer's key, which is read with \n for a line break.
                writer.WriteLine($"{key}={value.Replace("\n", @"\n", StringComparison.Ordinal)}");
            }
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}
