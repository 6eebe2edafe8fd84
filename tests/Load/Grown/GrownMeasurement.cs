using System.Diagnostics;
using Mpp.Load.Measuring;
using Mpp.Load.Sides;

namespace Mpp.Load.Grown;

/// <summary>What was measured of a mall, in milliseconds.</summary>
/// <param name="Submit">From due to accepted.</param>
/// <param name="Status"><c>GET /v1/applications/{number}</c>, of one picked at random.</param>
/// <param name="Worklist"><c>GET /v1/worklist</c>, its first page.</param>
/// <param name="Stream"><c>GET /v1/applications/{number}/events</c>, all of one that has ended.</param>
/// <param name="Cpu">Processor time of all processes for an application, from submission to its end.</param>
internal sealed record GrownFigures(
    Percentiles Submit, Percentiles Status, Percentiles Worklist, Percentiles Stream, double Cpu);

/// <summary>Measures a mall as its callers meet it, through the gateway.</summary>
internal sealed class GrownMeasurement(
    MallSide mall, GrownData data, BirthRequests requests, HttpClient operators)
{
    /// <summary>Applications that each measurement submits.</summary>
    public const int Submitted = 400;

    private const int PerSecond = 10;
    private const int Reads = 1_000;
    private const int Pages = 200;
    private const int Streams = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Measures everything, one after the other.</summary>
    /// <param name="first">The first of the requests that nobody has sent yet.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    public async Task<GrownFigures> RunAsync(int first, CancellationToken cancellationToken)
    {
        var numbers = await data.NumbersAsync(Reads + Streams, cancellationToken);
        var status = await TimesAsync(
            mall.Client, Repeated(numbers, Reads).Select(number => $"/v1/applications/{number}"), cancellationToken);
        var streams = await TimesAsync(
            mall.Client, Repeated(numbers, Reads + Streams).Skip(Reads).Select(n => $"/v1/applications/{n}/events"),
            cancellationToken);
        var worklist = await TimesAsync(operators, Enumerable.Repeat("/v1/worklist", Pages), cancellationToken);

        var (before, cpu) = (await mall.Probe.LatestAsync(cancellationToken), Cpu());
        var submissions = new Submissions(mall, requests);
        await submissions.RunAsync(first, Submitted, PerSecond, cancellationToken);
        for (var waited = Stopwatch.StartNew(); await mall.Probe.UnfinishedAfterAsync(before, cancellationToken) > 0;)
        {
            if (waited.Elapsed > Limit)
            {
                throw new TimeoutException("Applications do not end.");
            }

            await Task.Delay(100, cancellationToken);
        }

        return submissions.AcceptMilliseconds.Count == Submitted
            ? new GrownFigures(
                Percentiles.Of(submissions.AcceptMilliseconds), status, worklist, streams,
                (Cpu() - cpu).TotalMilliseconds / Submitted)
            : throw new InvalidOperationException($"Applications are refused: {submissions.FirstRefusal}");
    }

    private static async Task<Percentiles> TimesAsync(
        HttpClient client, IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        foreach (var address in addresses)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }

        return Percentiles.Of(times);
    }

    /// <summary>From the beginning again, when there are fewer.</summary>
    private static IEnumerable<string> Repeated(IReadOnlyList<string> numbers, int count) =>
        Enumerable.Range(0, count).Select(i => numbers[i % numbers.Count]);

    private TimeSpan Cpu() => mall.CpuTimes().Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
}
