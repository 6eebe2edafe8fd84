namespace Mpp.Load.Comparison;

/// <summary>What <c>peers</c> is asked for.</summary>
/// <param name="Rate">Applications a second.</param>
/// <param name="Seconds">How long to submit.</param>
/// <param name="Turns">Turns of each side.</param>
/// <param name="WarmUpSeconds">How long a side runs before it is measured.</param>
/// <param name="Announce">Whether the peers publish every change of an application, as our mall does.</param>
/// <param name="FindHighest">Look for the highest rate at which nothing lags, instead of measuring at one.</param>
internal sealed record PeersOptions(
    int Rate, int Seconds, int Turns, int WarmUpSeconds, bool Announce, bool FindHighest)
{
    public const int WarmUpPerSecond = 20;

    public int WarmUp => WarmUpSeconds * WarmUpPerSecond;
}
