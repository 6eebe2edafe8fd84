namespace Mpp.Load.Measuring;

/// <summary>Samples how old the oldest waiting message is, until it is disposed of.</summary>
internal sealed class AgeSampler : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly List<double> _ages = [];
    private readonly Task _sampling;

    public AgeSampler(Probe probe, TimeSpan interval, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _sampling = SampleAsync(probe, interval, _ended.Token);
    }

    /// <summary>Ends the sampling; milliseconds.</summary>
    public async Task<Percentiles> EndAsync()
    {
        await _ended.CancelAsync();
        await _sampling;
        return Percentiles.Of(_ages);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task SampleAsync(Probe probe, TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ages.Add(await probe.OldestMessageMillisecondsAsync(cancellationToken));
                await Task.Delay(interval, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
