namespace Mpp.Local.Processes;

/// <summary>Reads /proc. A process is known by its id and its start time, because ids are used again.</summary>
internal static class ProcessTable
{
    /// <summary>
    /// When a process started, in clock ticks since boot; <see langword="null"/> when there is no such process or it is
    /// only waiting to be reaped.
    /// </summary>
    public static long? StartTicks(int pid) => Read(pid) is { State: not ('Z' or 'X') } entry ? entry.StartTicks : null;

    /// <summary>Writes down which process it is, so that a later run can end it when this one has died.</summary>
    public static void WritePid(string file, int pid) =>
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{pid} {StartTicks(pid)}"));

    /// <summary>Processor time that a process and everything under it have used.</summary>
    public static TimeSpan CpuTime(int pid)
    {
        var ticks = Read(pid) is { } own ? own.CpuTicks : 0;
        foreach (var child in Descendants(pid))
        {
            ticks += Read(child) is { } entry ? entry.CpuTicks : 0;
        }
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    /// <summary>The ids of everything under a process, parents before children.</summary>
    public static IReadOnlyList<int> Descendants(int pid)
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(id) is { } entry)
            {
                (children.TryGetValue(entry.Parent, out var list) ? list : children[entry.Parent] = []).Add(id);
            }
        }
        var found = new List<int>();
        var open = new Queue<int>([pid]);
        while (open.TryDequeue(out var next))
        {
            foreach (var child in children.GetValueOrDefault(next, []))
            {
                found.Add(child);
                open.Enqueue(child);
            }
        }
        return found;
    }

    private static Entry? Read(int pid)
    {
        try
        {
            // pid (name) state ppid … utime(14) stime(15) cutime(16) cstime(17) … starttime(22); the name may hold
            // spaces and brackets.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(
                fields[0][0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Entry(char State, int Parent, long CpuTicks, long StartTicks);
}
