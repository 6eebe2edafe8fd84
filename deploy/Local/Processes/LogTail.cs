namespace Mpp.Local.Processes;

/// <summary>The last lines of a log, for a message in one line.</summary>
internal static class LogTail
{
    public static string Of(string text, int lines = 3)
    {
        var last = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeLast(lines).ToList();
        return last.Count == 0 ? "(it said nothing)" : string.Join(" · ", last);
    }

    public static string OfFile(string path, int lines = 3)
    {
        if (!File.Exists(path))
        {
            return "(no log)";
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, 16 * 1024), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return Of(reader.ReadToEnd(), lines);
    }
}
