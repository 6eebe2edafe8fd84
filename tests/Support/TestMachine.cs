namespace Mpp.Support;

/// <summary>
/// <c>dotnet test</c> runs the test projects side by side. Two sets of servers and services on one small machine make
/// each other slow and the limits of the tests meaningless: who wants servers takes the machine first, and keeps it
/// until its process ends.
/// </summary>
public static class TestMachine
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private static readonly Lock Gate = new();

    private static Task<FileStream>? _held;

    /// <summary>Waits until no other test process of this user runs servers.</summary>
    public static Task TakeAsync()
    {
        lock (Gate)
        {
            return _held ??= AcquireAsync();
        }
    }

    private static async Task<FileStream> AcquireAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mpp-tests-{Environment.UserName}.lock");
        FileStream? held = null;
        await Wait.UntilAsync(() => (held = TryOpen(path)) is not null, Limit, $"another test process holds {path}.");
        return held!;
    }

    // The operating system gives the lock back when the process ends, however it ends.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
