namespace Mpp.Messaging.Outbox;

/// <summary>
/// Wakes the relay of this process after a commit. Not NOTIFY: in a transaction it takes a lock that lines up all
/// commits of the database.
/// </summary>
internal sealed class RelaySignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Wake()
    {
        if (_semaphore.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in between: once is enough.
        }
    }

    public void Dispose() => _semaphore.Dispose();

    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _semaphore.WaitAsync(limit, cancellationToken);
}
