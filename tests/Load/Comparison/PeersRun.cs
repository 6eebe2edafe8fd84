using Mpp.Load.Measuring;
using Mpp.Load.Sides;
using Mpp.Local;
using static Mpp.Load.Printing;

namespace Mpp.Load.Comparison;

/// <summary>
/// Our mall and its peers under the same load, in turns on the same machine. Each turn has servers of its own, of the
/// same version and with the same settings.
/// </summary>
internal static class PeersRun
{
    /// <summary>Seldom: seven databases are asked on one side and three on the other.</summary>
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(PeersOptions options, CancellationToken cancellationToken)
    {
        var peers = Competitor.Peers(options.Announce);
        Competitor[] sides = [Competitor.Mall, .. peers];
        try
        {
            foreach (var peer in peers)
            {
                Say($"Building {peer.Name} …");
                await peer.BuildAsync(cancellationToken);
            }

            return options.FindHighest
                ? await FindHighestAsync(sides, options, cancellationToken)
                : await CompareAsync(sides, options, cancellationToken);
        }
        catch (LocalException fault)
        {
            Say(fault.Message);
            return 1;
        }
    }

    private static async Task<int> CompareAsync(
        Competitor[] sides, PeersOptions options, CancellationToken cancellationToken)
    {
        var requests = new BirthRequests(options.WarmUp + (options.Rate * options.Seconds));
        var measured = sides.ToDictionary(side => side.Name, _ => new List<Figures>(), StringComparer.Ordinal);
        for (var turn = 1; turn <= options.Turns; turn++)
        {
            foreach (var competitor in sides)
            {
                Say($"Turn {turn}, {competitor.Name}: {options.WarmUp} applications to warm up, "
                    + $"then {options.Rate}/s for {options.Seconds} s …");
                await using var side = await competitor.StartAsync(requests.People, cancellationToken);
                var measurement = new Measurement(side, requests);
                await measurement.WarmUpAsync(options.WarmUp, PeersOptions.WarmUpPerSecond, cancellationToken);
                var figures = await measurement.RunAsync(
                    options.WarmUp, options.Rate, options.Seconds, Sampling, cancellationToken);
                measured[competitor.Name].Add(figures);
                ComparisonTable.WriteTurn($"turn {turn}: {competitor.Name}", figures);
            }
        }

        foreach (var peer in sides.Skip(1))
        {
            ComparisonTable.WriteSummary(
                sides[0].Name, measured[sides[0].Name], peer.Name, measured[peer.Name]);
        }

        return measured.Values.SelectMany(turns => turns).All(f => f.Completed == f.Submitted) ? 0 : 1;
    }

    private static async Task<int> FindHighestAsync(
        Competitor[] sides, PeersOptions options, CancellationToken cancellationToken)
    {
        foreach (var competitor in sides)
        {
            var highest = await new HighestRate(competitor, options, Sampling).FindAsync(cancellationToken);
            Say($"{competitor.Name}: nothing lags at {highest}/s.");
        }

        return 0;
    }
}
