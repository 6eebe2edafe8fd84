namespace Mpp.Messaging.Batches;

/// <summary>
/// The deliveries of one queue, batch after batch: what comes while a batch is in work is the next one. Nobody waits
/// for a batch to fill. One lane, because parallel sessions cost PostgreSQL more than they bring.
/// </summary>
internal sealed class Lane<TDbContext> : IDisposable
    where TDbContext : DbContext
{
    /// <summary>A batch is not larger, all bodies together, unless its first message is.</summary>
    private const long MostBytes = 1024 * 1024;

    /// <summary>Batches without a fault until the next may be larger again.</summary>
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
                // The lane is nobody's delivery: it has no trace of one, and goes on when that has ended.
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

    /// <summary>A place among those that are consumed one by one: give it back.</summary>
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
                // One message that cannot be consumed, or not soon, costs its neighbours once, and costs fewer of them
                // while others of its kind may follow.
                (_size, _calm) = whole
                    ? ++_calm < Calm ? (_size, _calm) : (Math.Min(_size * 2, _limits.BatchMessages), 0)
                    : (Math.Max(_size / 2, 1), 0);
            }
        }
    }

    /// <summary>
    /// Lets those come in that are on their way through this process already: the relay sends many at once, and the
    /// pool has their deliveries before this. No time is waited.
    /// </summary>
    private async Task GatherAsync()
    {
        for (var (before, now) = (-1, 0); before != now;)
        {
            await Task.Yield();
            lock (_gate)
            {
                (before, now) = (now, Math.Min(_waiting.Count, _size));
            }
        }
    }

    /// <summary>The next batch, in the order of arrival; none: the lane is at rest.</summary>
    private List<Delivery<TDbContext>> Take()
    {
        var batch = new List<Delivery<TDbContext>>();
        var (keys, bytes) = (new HashSet<object>(), 0L);
        lock (_gate)
        {
            // A delivery whose key is in the batch keeps those of the same key behind it.
            var taken = _waiting.RemoveAll(delivery =>
            {
                if (batch.Count == _size || (batch.Count > 0 && bytes + delivery.Size > MostBytes)
                    || !keys.Add(delivery.Key))
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
