namespace Mpp.Identity.Keys;

/// <summary>When a signing key is made, signs, and is no longer published.</summary>
internal static class KeySchedule
{
    /// <summary>How long a key signs.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before it signs: whoever checks tokens has it by then.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a key is published after it has signed for the last time: longer than any token that it signed.
    /// </summary>
    public static readonly TimeSpan Behind = TimeSpan.FromHours(24);

    /// <summary>The key that signs now: of those whose time has come the one that came last.</summary>
    public static T? Signing<T>(IEnumerable<T> keys, Func<T, DateTimeOffset> from, DateTimeOffset now)
        where T : class => keys.Where(key => from(key) <= now).MaxBy(from);

    /// <summary>
    /// From when on a key that is made now signs; <see langword="null"/> while none is wanted.
    /// </summary>
    public static DateTimeOffset? Next(IReadOnlyCollection<DateTimeOffset> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            return now;
        }

        var due = keys.Max() + Turn;
        return now < due - Ahead ? null : due > now + Ahead ? due : now + Ahead;
    }

    /// <summary>The keys whose tokens are all over.</summary>
    public static IEnumerable<T> Over<T>(
        IReadOnlyCollection<T> keys, Func<T, DateTimeOffset> from, DateTimeOffset now) => keys.Where(
            key => keys.Any(next => from(next) > from(key) && from(next) + Behind <= now));
}
