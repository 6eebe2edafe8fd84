using System.Collections.Concurrent;

namespace Mpp.Local.Processes;

/// <summary>
/// Starts processes from one thread that lives as long as this process. The kernel sends the parent-death signal when
/// the <em>thread</em> that forked ends; a thread of the pool may end at any time, and would take the servers with it.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Work = [];

    static Spawner()
    {
        new Thread(static () =>
        {
            foreach (var action in Work.GetConsumingEnumerable())
            {
                action();
            }
        })
        { IsBackground = true, Name = "spawner" }.Start();
    }

    public static Task<T> RunAsync<T>(Func<T> start)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                result.SetResult(start());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }
}
