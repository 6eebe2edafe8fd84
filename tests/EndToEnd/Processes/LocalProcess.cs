using System.Diagnostics;
using System.Text;
using Mpp.Local;
using Mpp.Local.Processes;
using Mpp.Support;

namespace Mpp.EndToEnd.Processes;

/// <summary>Local as a person starts it.</summary>
internal sealed class LocalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly string _data;

    private LocalProcess(Process process, string data)
    {
        _process = process;
        _data = data;
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public int Pid => _process.Id;

    public static LocalProcess Start(params string[] arguments)
    {
        var data = TemporaryFolders.Create();
        var assembly = Path.Combine(
            Repository.Root, "artifacts", "bin", "Local", Repository.Configuration, "Mpp.Local.dll");
        return new LocalProcess(
            // Who runs the tests in the background of a shell has Ctrl-C ignored, and all that is started inherits it.
            Process.Start(new ProcessStartInfo(
                "/usr/bin/env", ["--default-signal=INT", Repository.DotNet, assembly, .. arguments, "--data", data])
            { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!,
            data);
    }

    public Task AwaitSaidAsync(string text, TimeSpan limit) =>
        Wait.UntilAsync(() => Said.Contains(text, StringComparison.Ordinal) || _process.HasExited, limit, () => Said);

    public async Task<int> ExitCodeAsync(TimeSpan limit)
    {
        await Wait.UntilAsync(() => _process.HasExited, limit, () => Said);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>
    /// Every process below this one, as far as it is still there; a process id that is used again does not count.
    /// </summary>
    public IReadOnlyList<(int Pid, long? Start)> Below() =>
        [.. ProcessTable.Descendants(Pid).Select(pid => (pid, ProcessTable.StartTicks(pid)))];

    public static bool IsThere((int Pid, long? Start) process) =>
        process.Start is { } start && ProcessTable.StartTicks(process.Pid) == start;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        TemporaryFolders.Remove(_data);
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }
}
