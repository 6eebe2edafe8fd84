using System.Globalization;

namespace Mpp.Hosting.Clock;

/// <summary>
/// The clock of a sandbox, which can be moved forward: the machine's time and an offset that all processes of the
/// sandbox read from one file. What is written down and compared follows it; timers, timestamps for measuring and
/// everything about bearer tokens do not.
/// </summary>
/// <remarks>
/// The file is read when the time is asked for and a tenth of a second has passed: no thread, no watcher, and nothing
/// that could miss a change. The offset never gets smaller while the process lives, whatever happens to the file.
/// </remarks>
public sealed class SandboxClock : TimeProvider
{
    /// <summary>The longest offset: ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    /// <summary>Every process has seen a move after this time.</summary>
    public static readonly TimeSpan SeenWithin = TimeSpan.FromMilliseconds(250);

    /// <summary>The environment of a sandbox, the only one with a clock that moves.</summary>
    public const string EnvironmentName = "Sandbox";

    private const int ReadInterval = 100; // milliseconds

    private readonly Lock _reading = new();
    private readonly string _file;
    private long _offset;
    private long _readAt;

    /// <summary>Follows a file, which need not be there yet.</summary>
    /// <param name="file">Its path, <c>Sandbox:ClockFile</c>. It holds a time span,
    /// for example <c>5.00:00:00</c>.</param>
    public SandboxClock(string file)
    {
        _file = file;
        Read();
    }

    /// <summary>How far the clock has been moved, as this process knows.</summary>
    public TimeSpan Offset
    {
        get
        {
            if (Environment.TickCount64 - Volatile.Read(ref _readAt) >= ReadInterval)
            {
                Read();
            }

            return new TimeSpan(Volatile.Read(ref _offset));
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    /// <summary>
    /// Moves the clock of every process that follows the file. One process at a time may do it: the gateway.
    /// </summary>
    /// <param name="offset">The whole offset; not less than <see cref="Offset"/>, and not
    /// more than <see cref="Longest"/>.</param>
    public void Move(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, Offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Longest);
        // Others read the old text or the new one, never half of it.
        var written = _file + ".new";
        File.WriteAllText(written, offset.ToString("c", CultureInfo.InvariantCulture));
        File.Move(written, _file, overwrite: true);
        Read();
    }

    private void Read()
    {
        Volatile.Write(ref _readAt, Environment.TickCount64);
        var text = "";
        try
        {
            text = File.ReadAllText(_file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not there yet; or gone, and then the time stays what it was.
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var offset) && offset <= Longest)
        {
            lock (_reading)
            {
                Volatile.Write(ref _offset, Math.Max(_offset, offset.Ticks));
            }
        }
    }
}
