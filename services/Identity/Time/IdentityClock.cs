using Mpp.Hosting.Clock;

namespace Mpp.Identity.Time;

/// <summary>
/// The machine's clock, also in a sandbox that moves its own: a move must end no token, no session and no lock.
/// </summary>
/// <param name="Provider">Where the time comes from.</param>
internal sealed record IdentityClock(TimeProvider Provider)
{
    /// <summary>The time now, as the database keeps it.</summary>
    public DateTimeOffset Now => Provider.Now();
}
