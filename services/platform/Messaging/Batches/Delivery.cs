using Mpp.Messaging.Tables;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Batches;

/// <summary>How a delivery left its queue's lane.</summary>
internal enum Fate
{
    /// <summary>It has taken effect, with its batch.</summary>
    Done,

    /// <summary>It had taken effect before.</summary>
    Duplicate,

    /// <summary>Nothing is done yet: it is consumed alone.</summary>
    Alone,
}

/// <summary>A delivery with the scope that MassTransit has made for it, waiting for its turn.</summary>
/// <param name="Message">The message.</param>
/// <param name="Key">What it is about; no other delivery of its batch has the same key.</param>
/// <param name="Size">Of the message's body, in bytes.</param>
/// <param name="Inbox">Its inbox row, if it takes effect.</param>
/// <param name="Scope">Its services.</param>
/// <param name="Database">Its own context, on no connection yet.</param>
/// <param name="Writes">What its consumer writes beside the context.</param>
/// <param name="Consume">Runs its consumer.</param>
/// <param name="Cancellation">Cancelled when the endpoint gives up its deliveries.</param>
internal sealed record Delivery<TDbContext>(
    object Message, object Key, long Size, InboxRow Inbox, IServiceProvider Scope, TDbContext Database,
    PendingWrites<TDbContext> Writes, Func<Task> Consume, CancellationToken Cancellation)
    where TDbContext : DbContext
{
    private readonly TaskCompletionSource<Fate> _fate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Its trace, and whatever else flows with it: in the lane its consumer runs as it would run alone.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public Task<Fate> Fate => _fate.Task;

    public void End(Fate fate) => _fate.TrySetResult(fate);

    /// <summary>Runs something in the delivery's own execution context.</summary>
    public TTask InContextAsync<TTask>(Func<TTask> run)
        where TTask : Task
    {
        if (_context is null)
        {
            return run();
        }

        TTask? running = null;
        ExecutionContext.Run(_context, _ => running = run(), state: null);
        return running!;
    }
}
