using Mpp.Load.Measuring;

namespace Mpp.Load.Sides;

/// <summary>A system that can be measured. Another peer is one more of these.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="BuildAsync">Builds what is not built with this program.</param>
/// <param name="StartAsync">Starts it on fresh servers, with so many people in its registers.</param>
internal sealed record Competitor(
    string Name, Func<CancellationToken, Task> BuildAsync, Func<int, CancellationToken, Task<ISide>> StartAsync)
{
    public static Competitor Mall { get; } = new(
        "our mall", _ => Task.CompletedTask,
        async (people, cancellationToken) => await MallSide.StartAsync(people, cancellationToken));

    /// <summary>The same flow, built with other libraries.</summary>
    /// <param name="announces">Whether they publish every change of an application, as our mall does.</param>
    public static IReadOnlyList<Competitor> Peers(bool announces) =>
    [
        new("Wolverine", WolverineBuild.RunAsync, async (people, cancellationToken) =>
            await WolverineSide.StartAsync(people, announces, cancellationToken)),
    ];
}
