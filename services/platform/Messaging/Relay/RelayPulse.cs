namespace Mpp.Messaging.Relay;

/// <summary>Whether the broker took what the relay last sent.</summary>
internal sealed class RelayPulse
{
    private volatile bool failing;

    /// <summary>Sends of the latest batch failed as they do when the broker is away.</summary>
    public bool IsFailing => failing;

    public void Report(bool isFailing) => failing = isFailing;
}
