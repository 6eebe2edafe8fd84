using System.Diagnostics;

namespace Mpp.Local.Processes;

/// <summary>Runs a command to its end.</summary>
internal static class Command
{
    /// <summary>
    /// Runs a command; anything but exit code 0 is a <see cref="LocalException"/> with the last lines that the command
    /// said.
    /// </summary>
    public static async Task<string> RunAsync(
        string file, IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var (exitCode, output) = await TryRunAsync(file, arguments, cancellationToken, input, environment);
        return exitCode == 0 ? output : throw new LocalException(
            $"`{file} {string.Join(' ', arguments.Take(1))}` ended with exit code {exitCode}: {LogTail.Of(output)}");
    }

    public static async Task<(int ExitCode, string Output)> TryRunAsync(
        string file, IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }
        Process process;
        try
        {
            process = await Spawner.RunAsync(() => Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, e.Message);
        }
        using (process)
        {
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
                process.StandardInput.Close();
                var errors = process.StandardError.ReadToEndAsync(cancellationToken);
                var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
                var said = await errors;
                await process.WaitForExitAsync(cancellationToken);
                return (process.ExitCode, output + said);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }
}
