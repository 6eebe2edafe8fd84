using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>
/// The folder with the servers' data, logs and secrets. One process at a time may use it. When a process has died and
/// left others running, the next one that opens the folder ends them.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const long SpaceNeeded = 512L * 1024 * 1024;

    private const long SpaceLeftWhenFull = 8L * 1024 * 1024;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream fileLock)
    {
        Path = path;
        _lock = fileLock;
        Secrets = new Secrets(In("secrets.json"));
    }

    public string Path { get; }

    public Secrets Secrets { get; }

    public static async Task<DataFolder> OpenAsync(string path, IProgress<LocalProgress>? progress)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream fileLock;
        try
        {
            Directory.CreateDirectory(path);
            Directory.CreateDirectory(System.IO.Path.Combine(path, "logs"));
            Directory.CreateDirectory(System.IO.Path.Combine(path, "pids"));
            fileLock = new FileStream(
                System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LocalException($"The data folder {path} cannot be written by this user: "
                + "run as its owner, or give another folder with --data.", e);
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            throw new LocalException(
                $"The disk of {path} is full: free some space, or give a folder on another disk with --data.", e);
        }
        catch (IOException e)
        {
            throw new LocalException($"The data folder {path} is in use by another run of Local: "
                + "stop that one (Ctrl-C), or give another folder with --data.", e);
        }
        if (new DriveInfo(path).AvailableFreeSpace is var free and < SpaceNeeded)
        {
            await fileLock.DisposeAsync();
            throw new LocalException($"The disk of {path} has only {free / 1024 / 1024} MB left and 512 MB are needed: "
                + "free some space, or give a folder on another disk with --data.");
        }
        var folder = new DataFolder(path, fileLock);
        await folder.EndStaleProcessesAsync(progress);
        foreach (var log in Directory.EnumerateFiles(folder.In("logs")))
        {
            File.Delete(log);
        }
        return folder;
    }

    public string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public string LogFile(string name) => In("logs", $"{name}.log");

    public string PidFile(string name) => In("pids", name);

    public string EnvironmentFile(string name) => In($"{name}.env");

    /// <summary>
    /// Says what a person can do when a full disk is the cause of an error, in this process or in a child that reports
    /// it in its own words; <see langword="null"/> when the disk is not the cause.
    /// </summary>
    public LocalException? Explain(Exception error) =>
        (error is IOException io && IsDiskFull(io)) || new DriveInfo(Path).AvailableFreeSpace < SpaceLeftWhenFull
            ? new LocalException(
                $"The disk of {Path} is full: free some space, or give a folder on another disk with --data.", error)
            : null;

    public void Dispose() => _lock.Dispose();

    private static bool IsDiskFull(IOException error) => (error.HResult & 0xFFFF) is 28 or 112;

    private async Task EndStaleProcessesAsync(IProgress<LocalProgress>? progress)
    {
        foreach (var file in Directory.EnumerateFiles(In("pids")).ToList())
        {
            if (StillRunning(await File.ReadAllTextAsync(file)) is { } pid)
            {
                progress?.Report(new LocalProgress(
                    System.IO.Path.GetFileName(file), "ending what an earlier run left behind"));
                var tree = ProcessTable.Descendants(pid)
                    .Prepend(pid).Select(id => (id, ProcessTable.StartTicks(id))).ToList();
                Signals.Send(pid, Signal.Kill);
                await ProcessEnd.EnsureAsync(tree);
            }
            File.Delete(file);
        }
    }

    /// <summary>The process that <see cref="ProcessTable.WritePid"/> wrote down, unless it has ended.</summary>
    private static int? StillRunning(string written) =>
        written.Split(' ') is [var id, var ticks]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var pid)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var start)
        && ProcessTable.StartTicks(pid) == start
            ? pid
            : null;
}
