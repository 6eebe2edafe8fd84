namespace Mpp.Integration.Identity;

/// <summary>The machine's clock, moved forward by a test.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan _by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _by;

    public void Move(TimeSpan by) => _by += by;
}
