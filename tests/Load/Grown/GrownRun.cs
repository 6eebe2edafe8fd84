using System.Diagnostics;
using System.Globalization;
using Mpp.Load.Measuring;
using Mpp.Load.Sides;
using Spectre.Console;
using static Mpp.Load.Printing;

namespace Mpp.Load.Grown;

/// <summary>
/// One mall, measured when it is nearly empty and again when it has years of applications: whatever the machine is, it
/// is the same for both.
/// </summary>
internal static class GrownRun
{
    private const int WarmUp = 200;
    private const int Slow = 5;

    /// <summary>A mall with so many counts as empty: there must be something to look at.</summary>
    private const int Few = 1_000;

    /// <summary>Tables, indexes and what PostgreSQL's log holds meanwhile.</summary>
    private const long BytesPerApplication = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int applications, CancellationToken cancellationToken)
    {
        if (MissingDisk(applications) is > 0 and var missing)
        {
            Say($"{applications} applications take some {BytesPerApplication / 1000} kB of disk each, and "
                + $"{missing / 1_000_000} MB are missing: free some space, or ask for fewer with --applications.");
            return 1;
        }

        var requests = new BirthRequests(WarmUp + Slow + (3 * GrownMeasurement.Submitted));
        Say("Starting a mall …");
        await using var side = await MallSide.StartAsync(requests.People, cancellationToken);
        var (mall, probe) = (side.Mall, side.Probe);
        using var operators = await mall.ClientAsync("operator", cancellationToken);
        var submissions = new Submissions(side, requests);
        await submissions.RunAsync(0, WarmUp, 20, cancellationToken);
        await UntilAsync(async () => await probe.UnfinishedAsync(cancellationToken) == 0);

        Say("An agency is away, until its steps are on the worklist …");
        await mall.TakeDownAsync("bpjs");
        await submissions.RunAsync(WarmUp, Slow, 20, cancellationToken);
        await UntilAsync(() => IsQuietAsync(probe, cancellationToken));
        await mall.AdvanceClockAsync(TimeSpan.FromHours(3), cancellationToken); // an hour of silence is a stall
        await UntilAsync(async () => await probe.OnWorklistAsync(cancellationToken) == Slow);
        var data = new GrownData(mall.Servers);
        await data.AddAsync(Few, cancellationToken);
        await mall.BringUpAsync("bpjs", cancellationToken);

        var measurement = new GrownMeasurement(side, data, requests, operators);
        Say("Measuring it nearly empty …");
        var next = WarmUp + Slow;
        await measurement.RunAsync(next, cancellationToken); // code gets compiled, plans and connections get made
        var empty = await measurement.RunAsync(next + GrownMeasurement.Submitted, cancellationToken);

        Say(string.Create(CultureInfo.InvariantCulture, $"Adding {applications:N0} applications …"));
        var watch = Stopwatch.StartNew();
        await data.AddAsync(applications, cancellationToken);
        Say(string.Create(CultureInfo.InvariantCulture, $"… took {watch.Elapsed.TotalSeconds:N0} s. Measuring …"));
        var grown = await measurement.RunAsync(next + (2 * GrownMeasurement.Submitted), cancellationToken);

        Print(empty, grown);
        await PrintSizesAsync(data, applications, cancellationToken);
        return 0;
    }

    private static long MissingDisk(int applications) =>
        (applications * BytesPerApplication) - new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;

    /// <summary>Nothing is sent for a while: everybody waits for the agency.</summary>
    private static async Task<bool> IsQuietAsync(Probe probe, CancellationToken cancellationToken)
    {
        var before = await probe.MessagesSentAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        return await probe.MessagesSentAsync(cancellationToken) == before;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var waited = Stopwatch.StartNew(); !await condition();)
        {
            if (waited.Elapsed > Limit)
            {
                throw new TimeoutException("The mall does not come to rest.");
            }

            await Task.Delay(100);
        }
    }

    private static void Print(GrownFigures empty, GrownFigures grown)
    {
        var table = new Table().AddColumns("ms", "empty p50", "p95", "grown p50", "p95", "p95, of empty");
        Add("submit", empty.Submit, grown.Submit);
        Add("status", empty.Status, grown.Status);
        Add("worklist", empty.Worklist, grown.Worklist);
        Add("stream", empty.Stream, grown.Stream);
        table.AddRow(
            "CPU an application", Number(empty.Cpu), "", Number(grown.Cpu), "", Number(grown.Cpu / empty.Cpu, "0.00"));
        AnsiConsole.Write(table);

        void Add(string name, Percentiles of, Percentiles against) => table.AddRow(
            name, Number(of.P50), Number(of.P95), Number(against.P50), Number(against.P95),
            Number(against.P95 / of.P95, "0.00"));
    }

    private static async Task PrintSizesAsync(
        GrownData data, int applications, CancellationToken cancellationToken)
    {
        var table = new Table().AddColumns("table", "rows", "MB", "indexes MB", "bytes an application");
        foreach (var (name, rows, heap, indexes) in await data.SizesAsync(cancellationToken))
        {
            table.AddRow(
                name, Number(rows, "N0"), Number(heap / 1e6), Number(indexes / 1e6),
                Number((double)(heap + indexes) / applications, "N0"));
        }

        AnsiConsole.Write(table);
    }
}
