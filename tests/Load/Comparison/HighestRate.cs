using Mpp.Load.Measuring;
using Mpp.Load.Sides;
using static Mpp.Load.Printing;

namespace Mpp.Load.Comparison;

/// <summary>
/// The highest rate at which a side keeps up: it completes as many as it accepts, and no message waits for more than a
/// second. The rate goes up by a fifth, on the same servers.
/// </summary>
internal sealed class HighestRate(Competitor competitor, PeersOptions options, TimeSpan sampling)
{
    private const double Step = 1.2;

    /// <summary>Every application needs another mother, and the sandbox should not become a country.</summary>
    private const int Limit = 100;

    private const double LeastCompleted = 0.95;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <returns>The rate; 0 when even the first is too high.</returns>
    public async Task<int> FindAsync(CancellationToken cancellationToken)
    {
        int[] rates = [.. Rates()];
        var requests = new BirthRequests(options.WarmUp + (rates.Sum() * options.Seconds));
        Say($"{competitor.Name}: starting with {requests.People} people …");
        await using var side = await competitor.StartAsync(requests.People, cancellationToken);
        var measurement = new Measurement(side, requests);
        await measurement.WarmUpAsync(options.WarmUp, PeersOptions.WarmUpPerSecond, cancellationToken);
        var (first, highest) = (options.WarmUp, 0);
        foreach (var rate in rates)
        {
            var figures = await measurement.RunAsync(first, rate, options.Seconds, sampling, cancellationToken);
            first += rate * options.Seconds;
            ComparisonTable.WriteTurn($"{competitor.Name} at {rate}/s", figures);
            if (Lags(figures))
            {
                break;
            }

            highest = rate;
        }

        return highest;
    }

    private static bool Lags(Figures figures) =>
        figures.CompletedPerSecond < LeastCompleted * figures.AcceptedPerSecond
        || figures.Accepted < figures.Submitted
        || figures.OldestMessage.P95 > LongestWait.TotalMilliseconds;

    private IEnumerable<int> Rates()
    {
        for (var rate = options.Rate; rate <= Limit; rate = (int)Math.Ceiling(rate * Step))
        {
            yield return rate;
        }
    }
}
