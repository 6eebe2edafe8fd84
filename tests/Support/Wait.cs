using System.Diagnostics;

namespace Mpp.Support;

/// <summary>Waits for something to become true, and says what was there instead when it does not.</summary>
public static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="condition">What is waited for. An exception ends the wait.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="describe">Says what is there when the limit is reached.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> describe)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit}: {describe()}");
            }
            await Task.Delay(Interval);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, Func<string> describe) =>
        UntilAsync(() => Task.FromResult(condition()), limit, describe);

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string describe) =>
        UntilAsync(condition, limit, () => describe);

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string describe) =>
        UntilAsync(condition, limit, () => describe);
}
