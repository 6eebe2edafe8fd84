namespace Mpp.Hosting.Clock;

/// <summary>
/// Moments as PostgreSQL keeps them, in UTC and microseconds: the same moment reads the same from a column, from JSON
/// and from a message.
/// </summary>
public static class Moments
{
    /// <summary>The moment, without what PostgreSQL would lose of it.</summary>
    /// <param name="moment">Any moment.</param>
    public static DateTimeOffset Kept(this DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The time now.</summary>
    /// <param name="time">The clock.</param>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetUtcNow().Kept();
    }
}
