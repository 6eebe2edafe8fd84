namespace Mpp.Hosting.Start;

/// <summary>
/// The environment of a service that a person starts, in a debugger for example, inside a mall that Local runs without
/// it. <c>MPP_ENVIRONMENT_FILE</c> names the file, and a launch profile needs no more: addresses and passwords stay out
/// of the repository.
/// </summary>
internal static class EnvironmentFile
{
    public const string Key = "MPP_ENVIRONMENT_FILE";

    /// <summary>Takes over the variables of the file; does nothing without the key.</summary>
    public static void Load(string service)
    {
        if (Environment.GetEnvironmentVariable(Key) is not { Length: > 0 } name)
        {
            return;
        }

        if (Find(name, Environment.CurrentDirectory) is not { } file)
        {
            // The service then says which keys it lacks, and exits.
            Console.Error.WriteLine(
                $"{service}: the file {name} is neither here nor in a folder above. Start the mall first: "
                + $"dotnet run --project deploy/Local -- --without {service}");
            return;
        }

        foreach (var (key, value) in Read(File.ReadLines(file)))
        {
            Environment.SetEnvironmentVariable(key, value);
        }
    }

    /// <summary>
    /// The file in a folder or the nearest one above it: an IDE starts a service in its project or its output, a shell
    /// anywhere.
    /// </summary>
    internal static string? Find(string name, string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (Path.Combine(place.FullName, name) is var file && File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Lines <c>KEY=value</c>, without quotes. Others are left out.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Read(IEnumerable<string> lines) =>
        from line in lines
        let at = line.IndexOf('=', StringComparison.Ordinal)
        where at > 0 && line[0] is not '#'
        select KeyValuePair.Create(line[..at], line[(at + 1)..]);
}
