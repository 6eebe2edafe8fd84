namespace Mpp.Messaging.Batches;

/// <summary>
/// The deliveries of one queue, batch after batch: what comes while a batch is in work makes the next one. Nobody waits
/// for a batch to fill. There is one lane, because parallel sessions cost PostgreSQL more than they bring.
/// </summary>
internal sealed class Lane<TDbContext> : IDisposable
    where TDbContext : DbContext
{
    /// <summary>The most bytes of a batch, all bodies together, unless its first message alone is larger.</summary>
    private const long MostBytes = 1024 * 1024;

    /// <summary>The number of batches without a fault after which the next may be larger again.</summary>
    private const int Calm = 8;

    private readonly BatchRun<TDbContext> _run;
    private readonly MessagingOptions _limits;
    private readonly SemaphoreSlim _alone;
    private readonly Timer _patience;
    private readonly Lock _gate = new();
    private readonly List<Delivery<TDbContext>> _waiting = [];

    private bool _running;
    private bool _slow;
    private int _size;
    private int _calm;

    public Lane(BatchRun<TDbContext> run, MessagingOptions limits)
    {
        (_run, _limits, _size) = (run, limits, limits.BatchMessages);
        _alone = new SemaphoreSlim(limits.ConcurrentMessages);
        using (ExecutionContext.SuppressFlow())
        {
            _patience = new Timer(_ => PassBy());
        }
    }

    /// <summary>Waits for the delivery's turn, and for the end of its batch.</summary>
    public async Task<Fate> EnterAsync(Delivery<TDbContext> delivery)
    {
        lock (_gate)
        {
            if (_slow)
            {
                return Fate.Alone;
            }

            _waiting.Add(delivery);
            if (!_running)
            {
                _running = true;
                // The lane belongs to no delivery: it has no delivery's trace, and goes on when that delivery has
                // ended.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(RunAsync);
                }
            }
        }

        await using (delivery.Cancellation.UnsafeRegister(_ => GiveUp(delivery), state: null))
        {
            return await delivery.Fate;
        }
    }

    /// <summary>A place among the deliveries that are consumed one by one. Dispose it to give it back.</summary>
    public async Task<IDisposable> AloneAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken);
        return new Place(_alone);
    }

    public void Dispose()
    {
        _patience.Dispose();
        _alone.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await GatherAsync();
            if (Take() is not { Count: > 0 } batch)
            {
                return;
            }

            var patience = _limits.BatchPatience;
            _patience.Change(patience, Timeout.InfiniteTimeSpan);
            var whole = await _run.TryAsync(batch, patience);
            lock (_gate)
            {
                _patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _slow = false;
                Resize(whole);
            }
        }
    }

    /// <summary>
    /// A message that cannot be consumed, or not soon, costs its neighbours once. While more of its kind may follow,
    /// batches are smaller, so that it costs fewer of them.
    /// </summary>
    private void Resize(bool whole)
    {
        _calm = whole ? _calm + 1 : 0;
        if (!whole)
        {
            _size = Math.Max(_size / 2, 1);
        }
        else if (_calm >= Calm)
        {
            _size = Math.Min(_size * 2, _limits.BatchMessages);
            _calm = 0;
        }
    }

    /// <summary>
    /// Lets deliveries come in that are on their way through this process already: the relay sends many at once, and
    /// the thread pool has queued them before this. It only yields, and waits no fixed time.
    /// </summary>
    private async Task GatherAsync()
    {
        int before, now = 0;
        do
        {
            before = now;
            await Task.Yield();
            lock (_gate)
            {
                now = Math.Min(_waiting.Count, _size);
            }
        }
        while (now != before);
    }

    /// <summary>The next batch, in the order of arrival. When it is empty, the lane is at rest.</summary>
    private List<Delivery<TDbContext>> Take()
    {
        var batch = new List<Delivery<TDbContext>>();
        var keys = new HashSet<object>();
        var bytes = 0L;
        lock (_gate)
        {
            // A delivery holds back those behind it that have the same key, in the batch or not.
            var taken = _waiting.RemoveAll(delivery =>
            {
                var isFirst = keys.Add(delivery.Key);
                var isTooLarge = batch.Count > 0 && bytes + delivery.Size > MostBytes;
                if (batch.Count == _size || isTooLarge || !isFirst)
                {
                    return false;
                }

                bytes += delivery.Size;
                batch.Add(delivery);
                return true;
            });
            _running = taken > 0;
        }

        return batch;
    }

    private void PassBy()
    {
        List<Delivery<TDbContext>> waiting;
        lock (_gate)
        {
            _slow = _running;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var delivery in waiting)
        {
            delivery.End(Fate.Alone);
        }
    }

    private void GiveUp(Delivery<TDbContext> delivery)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(delivery))
            {
                return;
            }
        }

        delivery.End(Fate.Alone);
    }

    private sealed class Place(SemaphoreSlim alone) : IDisposable
    {
        public void Dispose() => alone.Release();
    }
}
