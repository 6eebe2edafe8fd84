using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Mpp.Applications.Live;

/// <summary>
/// Who watches which application in this process. A signal says only that there is news; the news is in the timeline.
/// </summary>
internal sealed class LiveChanges
{
    private readonly ConcurrentDictionary<Subscription, bool> _all = new();

    public Subscription Subscribe(Guid application)
    {
        var subscription = new Subscription(this, application);
        _all[subscription] = true;
        return subscription;
    }

    public void Signal(Guid application)
    {
        foreach (var (subscription, _) in _all)
        {
            if (subscription.Application == application)
            {
                subscription.Signal();
            }
        }
    }

    /// <summary>The applications that are watched, each with what its furthest-behind watcher has seen.</summary>
    public Dictionary<Guid, long> Watched() =>
        _all.Keys.GroupBy(s => s.Application).ToDictionary(g => g.Key, g => g.Min(s => s.Seen));

    internal sealed class Subscription(LiveChanges owner, Guid application) : IDisposable
    {
        private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private long _seen;

        public Guid Application => application;

        public long Seen
        {
            get => Interlocked.Read(ref _seen);
            set => Interlocked.Exchange(ref _seen, value);
        }

        public void Signal() => _news.Writer.TryWrite(true);

        /// <summary>False when there was no news within the limit.</summary>
        public async Task<bool> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        {
            using var timeout = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                return await _news.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        public void Dispose() => owner._all.TryRemove(this, out _);
    }
}
