using Spectre.Console;

namespace Mpp.Local.Commands;

/// <summary>One line for each thing that happens.</summary>
internal sealed class LineProgress(IAnsiConsole console) : IProgress<LocalProgress>
{
    private readonly Lock _gate = new();

    public void Report(LocalProgress value)
    {
        lock (_gate)
        {
            console.MarkupLineInterpolated($"[{(value.Done ? "green" : "grey")}]{value.Part,-16}[/]{value.State}");
        }
    }
}

/// <summary>One line for each part, changing in place while the mall comes up; lines afterwards.</summary>
internal sealed class StartDisplay : IProgress<LocalProgress>
{
    private readonly Lock _gate = new();
    private readonly LineProgress _lines = new(Terminal.Console);
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private ProgressContext? _context;

    /// <summary>Shows the progress of some work.</summary>
    public Task<T> ShowAsync<T>(Func<Task<T>> work)
    {
        if (!Terminal.Console.Profile.Capabilities.Interactive || !Terminal.Console.Profile.Capabilities.Ansi)
        {
            return work();
        }
        return Terminal.Console.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                _context = context;
                try
                {
                    return await work();
                }
                finally
                {
                    lock (_gate)
                    {
                        foreach (var task in _tasks.Values)
                        {
                            task.StopTask();
                        }
                        _context = null;
                    }
                }
            });
    }

    public void Report(LocalProgress value)
    {
        lock (_gate)
        {
            if (_context is not { } context)
            {
                _lines.Report(value);
                return;
            }
            var text =
                $"[{(value.Done ? "green" : "grey")}]{value.Part.EscapeMarkup(),-16}[/]{value.State.EscapeMarkup()}";
            if (_tasks.TryGetValue(value.Part, out var task))
            {
                task.Description = text;
            }
            else
            {
                _tasks[value.Part] = task = context.AddTask(text, maxValue: 1);
            }
            if (value.Done)
            {
                task.Value = 1;
            }
        }
    }
}
