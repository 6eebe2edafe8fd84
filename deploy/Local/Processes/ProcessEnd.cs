namespace Mpp.Local.Processes;

internal static class ProcessEnd
{
    /// <summary>Waits for processes that are not our own children to go, and kills those that do not.</summary>
    public static async Task EnsureAsync(IReadOnlyList<(int Pid, long? StartTicks)> processes)
    {
        for (var round = 0; ; round++)
        {
            var left = processes.Where(
                process => process.StartTicks is { } start && ProcessTable.StartTicks(process.Pid) == start).ToList();
            if (left.Count == 0 || round == 500)
            {
                return;
            }
            if (round % 25 == 10)
            {
                left.ForEach(process => Signals.Send(process.Pid, Signal.Kill));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
