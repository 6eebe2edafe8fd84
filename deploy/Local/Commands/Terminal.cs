using Spectre.Console;

namespace Mpp.Local.Commands;

/// <summary>The console: colours and moving lines on a terminal, plain lines in a file or a pipe.</summary>
internal static class Terminal
{
    public static IAnsiConsole Console { get; } = Create();

    private static IAnsiConsole Create()
    {
        if (!System.Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }
        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No
        });
        plain.Profile.Width = 160;
        return plain;
    }
}
