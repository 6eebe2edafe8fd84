namespace Mpp.Operations.Live;

/// <summary>Wakes the open pages of this process when something has changed.</summary>
internal sealed class LiveSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Something has changed. Cheap, and may be called as often as there are messages.</summary>
    public void Changed() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>The next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
