using Spectre.Console;

namespace Mpp.Local.Commands;

/// <summary>The whole mall, until Ctrl-C.</summary>
internal static class MallCommand
{
    public static async Task<int> RunAsync(MallOptions options, bool once, CancellationToken cancellationToken)
    {
        try
        {
            await using var mall = await Mall.StartAsync(options, new ConsoleProgress(), cancellationToken);
            if (!once)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            AnsiConsole.MarkupLine("Stopped; no process is left.");
            return once ? 1 : 0;
        }
    }
}
