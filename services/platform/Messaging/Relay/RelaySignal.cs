namespace Mpp.Messaging.Relay;

/// <summary>
/// Wakes the relay of this process after a commit. Not NOTIFY: in a transaction it takes a lock that lines up all commits of the database.
/// </summary>
internal sealed class RelaySignal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);

    public void Wake()
    {
        if (semaphore.CurrentCount > 0)
        {
            return;
        }

        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in between: once is enough.
        }
    }

    public void Dispose() => semaphore.Dispose();

    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => semaphore.WaitAsync(limit, cancellationToken);
}
