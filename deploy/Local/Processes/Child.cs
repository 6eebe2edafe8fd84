using System.Diagnostics;

namespace Mpp.Local.Processes;

/// <summary>A process to start.</summary>
internal sealed record ChildStart
{
    public required string Name { get; init; }
    public required string File { get; init; }
    public required IReadOnlyList<string> Arguments { get; init; }
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
    public Account Account { get; init; } = Account.Own;
    public required string Folder { get; init; }
    public required string LogFile { get; init; }
    public required string PidFile { get; init; }

    /// <summary>The signal that the process gets when this one dies without stopping it.</summary>
    public Signal Death { get; init; } = Signal.Kill;
}

/// <summary>
/// A process that never outlives this one. It writes into its log itself, so nothing is lost or slowed by being passed
/// on, and it has a session of its own, so that Ctrl-C in the terminal reaches only us and things stop in the right
/// order.
/// </summary>
internal sealed class Child
{
    private readonly Process _process;
    private readonly ChildStart _start;

    private Child(ChildStart start, Process process)
    {
        _start = start;
        _process = process;
        Exited = WaitAsync();
    }

    public int Pid => _process.Id;

    public bool IsRunning => !Exited.IsCompleted;

    /// <summary>Ends with the process, with its exit code (128 + signal when a signal ended it).</summary>
    public Task<int> Exited { get; }

    public TimeSpan CpuTime => ProcessTable.CpuTime(Pid);

    public string LogTail => Processes.LogTail.OfFile(_start.LogFile);

    public static async Task<Child> StartAsync(ChildStart start)
    {
        // bash opens the log and becomes setsid, which becomes setpriv, which becomes the program: one process id all
        // the way. It is bash because dash drops variables with a hyphen in their name, which configuration keys have.
        var info = new ProcessStartInfo("/bin/bash", [
            "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "bash", start.LogFile,
            "setsid", .. start.Account.Prefix(start.Folder, start.Death), start.File, .. start.Arguments])
        { WorkingDirectory = start.Account.User is null ? start.Folder : "/" };
        foreach (var (key, value) in start.Environment)
        {
            info.Environment[key] = value;
        }
        var process = await Spawner.RunAsync(() =>
        {
            var started = Process.Start(info)!;
            ProcessTable.WritePid(start.PidFile, started.Id);
            return started;
        });
        return new Child(start, process);
    }

    /// <summary>Asks the process to stop, and kills it when it has not stopped within the limit.</summary>
    public async Task StopAsync(Signal signal, TimeSpan limit)
    {
        if (IsRunning)
        {
            Signals.Send(Pid, signal);
            await Task.WhenAny(Exited, Task.Delay(limit));
        }
        await KillAsync();
    }

    /// <summary>SIGKILL to the process and everything under it; returns when they are gone.</summary>
    public async Task KillAsync()
    {
        var below = IsRunning
            ? ProcessTable.Descendants(Pid).Select(pid => (pid, start: ProcessTable.StartTicks(pid))).ToList()
            : [];
        if (IsRunning)
        {
            Signals.Send(Pid, Signal.Kill);
        }
        await Exited;
        await ProcessEnd.EnsureAsync(below);
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        File.Delete(_start.PidFile);
        return _process.ExitCode;
    }
}
