using Spectre.Console;

namespace Mpp.Local.Commands;

/// <summary>One line for each thing that happens.</summary>
internal sealed class ConsoleProgress : IProgress<LocalProgress>
{
    public void Report(LocalProgress value) =>
        AnsiConsole.MarkupLineInterpolated($"[{(value.Done ? "green" : "grey")}]{value.Part,-14}[/] {value.State}");
}
